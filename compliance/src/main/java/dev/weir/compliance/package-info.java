/**
 * What ties tests to controls. The rules themselves are data: {@code bundle}, {@code controls}.
 * Start with {@link dev.weir.compliance.Control}.
 */
package dev.weir.compliance;
