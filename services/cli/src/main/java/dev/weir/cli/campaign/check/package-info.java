/**
 * Holds a stopped or quiet deployment to the invariants of the design. It reads the database, the
 * topics and the files alone and shares no code with the services, so that it does not repeat their
 * mistakes; it never writes. Start with {@link dev.weir.cli.campaign.check.InvariantChecker}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.campaign.check;
