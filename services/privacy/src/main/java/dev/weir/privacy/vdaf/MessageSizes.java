package dev.weir.privacy.vdaf;

/**
 * Bytes of each message of an instance. A verifier share travels inside a ping-pong message, which
 * adds five bytes.
 */
public record MessageSizes(
    int randBytes,
    int publicShareBytes,
    int leaderShareBytes,
    int helperShareBytes,
    int verifierShareBytes,
    int verifierMessageBytes,
    int aggregateShareBytes) {}
