package dev.weir.policy.naive;

/** Mistakes planted on purpose: the comparison must find each of them. */
public enum Flaw {
  NONE,
  PROHIBITION_IGNORED,
  UNKNOWN_TERM_SKIPPED,
  UNOBSERVED_HELPS,
  COUNT_OFF_BY_ONE,
  TERM_END_INCLUDED,
  PURPOSE_IGNORED,
  ONE_COLUMN_SUFFICES,
  STOP_IGNORED,
  DUTY_DROPPED,
  WINDOW_DAY_IS_TODAY,
  CONFLICT_IGNORED
}
