package dev.weir.kernel.data;

/**
 * The three classes of the Data Security Law, Art. 21; the declaration order is the order of
 * strictness.
 */
public enum LegalClass {
  GENERAL,
  IMPORTANT,
  CORE
}
