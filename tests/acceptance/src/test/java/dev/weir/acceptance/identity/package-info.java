/**
 * The identity server as the services see it. Start with {@link
 * dev.weir.acceptance.identity.IssuersAgreeTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.identity;
