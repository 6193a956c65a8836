package dev.weir.privacy.vdaf;

/** Editions of the specification that differ on the wire. */
public enum WireVersion {
  /** draft-irtf-cfrg-vdaf-18, -19 and -20. */
  DRAFT_18(18);

  private final int tag;

  WireVersion(int tag) {
    this.tag = tag;
  }

  /** The version byte of every domain separation tag. */
  int tag() {
    return tag;
  }
}
