/**
 * The HTTP border of every service: bearer tokens, the default-deny filter, problem details after
 * <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>, size limits, security headers,
 * paging. It decides nothing about data: that is the policy engine's part. Start with {@link
 * dev.weir.runtime.http.WeirApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.http;
