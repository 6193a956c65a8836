package dev.weir.policy.request;

/** What a use does with a column. */
public enum UseClass {
  SHOWN,
  FILTERED,
  GROUPED,
  JOINED,
  ORDERED,
  AGGREGATED,
  COMPARED
}
