/**
 * What DAP asks of bodies, headers and problems. Start with {@link
 * dev.weir.aggregation.http.DapBody}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.http;
