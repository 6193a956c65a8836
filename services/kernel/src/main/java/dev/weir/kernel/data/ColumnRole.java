package dev.weir.kernel.data;

/** What a column is for privacy: the recognisers propose it and a person confirms it. */
public enum ColumnRole {
  /** Names one person by itself: name, phone, identity number. */
  DIRECT_IDENTIFIER,
  /** The key by which all records of one person are bounded; pseudonymised before it is stored. */
  PERSON_KEY,
  QUASI_IDENTIFIER,
  SENSITIVE,
  ORDINARY
}
