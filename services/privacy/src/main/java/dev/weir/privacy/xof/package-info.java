/**
 * TurboSHAKE128 (<a href="https://www.rfc-editor.org/rfc/rfc9861">RFC 9861</a>) and the extendable
 * output function that <a href="https://datatracker.ietf.org/doc/draft-irtf-cfrg-vdaf/">VDAF</a>
 * builds on it. A stream is confined to one thread and never seeds itself. Start with {@link
 * dev.weir.privacy.xof.XofTurboShake128}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.xof;
