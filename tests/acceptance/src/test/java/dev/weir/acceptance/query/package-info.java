/**
 * The query service as its consumers meet it. Start with {@link
 * dev.weir.acceptance.query.QueryServiceTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.query;
