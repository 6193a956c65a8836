package dev.weir.privacy.vdaf;

/**
 * What an aggregator knows after looking at its own share of a report; kept until the message of
 * the round arrives.
 *
 * @param verifierShare to be sent
 * @param expected the message that will let the report pass, as far as this share can tell
 * @param outputShare not to be added up before {@link Prio3#finish} has given it out
 * @param ownPartMatches whether the joint randomness part of this aggregator in the public share is
 *     the one derived here; a client that makes it differ wants one aggregator to accept what the
 *     other rejects
 */
public record Verification(
    VerifierShare verifierShare,
    VerifierMessage expected,
    OutputShare outputShare,
    boolean ownPartMatches) {}
