/**
 * Prio3, a verifiable distributed aggregation function: a client splits a measurement into shares,
 * aggregators that do not collude verify that it is valid and add it up, and none of them learns
 * it. After <a href="https://datatracker.ietf.org/doc/draft-irtf-cfrg-vdaf/">draft-irtf-cfrg-vdaf
 * </a>, drafts 18 to 20, which share their bytes.
 *
 * <p>Everything here is a pure function of its arguments: no transport, no replay check, no batch
 * rule, no clock. Arithmetic on shares is constant-time. Two aggregators talk through {@link
 * dev.weir.privacy.vdaf.PingPong}. Beside Prio3 there is one function without a proof, {@link
 * dev.weir.privacy.vdaf.UnverifiedSumVec}, which says so wherever it is used. Start with {@link
 * dev.weir.privacy.vdaf.Prio3}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.vdaf;
