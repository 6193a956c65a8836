package dev.weir.audit.verify;

/**
 * Something that does not hold.
 *
 * @param index of the leaf concerned, -1 when it concerns none
 * @param leafId of that leaf where it can still be read, else empty
 * @param file of the export, relative to it
 */
public record Finding(Rule rule, long index, String leafId, String file) {

  /** What did not hold; the Python verifier uses the same names. */
  public enum Rule {
    /** A public key is missing or malformed. */
    KEY,
    /** A checkpoint is missing or malformed. */
    CHECKPOINT,
    /** The log's signature does not hold. */
    SIGNATURE,
    /** The witness's cosignature is missing or does not hold. */
    COSIGNATURE,
    /** The twin is of another log or size. */
    TWIN,
    /** A tile is missing or has the wrong length. */
    MISSING,
    /** An entry was altered, or its bundle is torn. */
    ENTRY,
    /** A hash in a tile was altered. */
    TILE,
    /** The hashes lead to another root than the checkpoint's. */
    ROOT,
    /** The earlier checkpoint is malformed, of another log, or not signed. */
    SINCE,
    /** The log is shorter than it was. */
    TRUNCATED,
    /** The log holds other leaves than it did. */
    FORK,
    /** A leaf does not parse. */
    LEAF,
    /** A leaf id occurs twice. */
    DUPLICATE,
    /** More was spent than the contract was allotted. */
    BUDGET,
    /** More was allotted to contracts than a lineage's approved cap. */
    CAP,
    /** A meter leaf charges something else than the contract's price. */
    PRICE,
    /** A statement differs from the meter leaves. */
    STATEMENT
  }
}
