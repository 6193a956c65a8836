/**
 * The query service: policy-checked SQL over streamed records, inside the operation domain. Start
 * with {@link dev.weir.query.QueryApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query;
