package dev.weir.cli.demo;

/**
 * A question that was answered.
 *
 * @param query its id
 * @param nanoRho charged
 * @param fen charged
 * @param receiptLeaf of the release
 */
record Asked(String query, long nanoRho, long fen, String receiptLeaf) {}
