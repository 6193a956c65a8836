package dev.weir.space.resource;

/** How public data may be opened; a resource that is not open can never be authorised. */
public enum Openness {
  UNCONDITIONAL,
  CONDITIONAL,
  NOT_OPEN
}
