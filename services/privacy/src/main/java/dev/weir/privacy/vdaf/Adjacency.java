package dev.weir.privacy.vdaf;

/** When two batches are neighbours, that is, what a guarantee protects. */
public enum Adjacency {
  /** One has a report more; only where the number of reports is not published. */
  ADD_OR_REMOVE_ONE,
  /** One report says something else; DAP publishes the number of reports, so this is its own. */
  REPLACE_ONE
}
