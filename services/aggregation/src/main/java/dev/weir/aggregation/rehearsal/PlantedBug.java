package dev.weir.aggregation.rehearsal;

/** What a lane does wrong on purpose, to see that a history's judge finds it. */
public enum PlantedBug {
  NONE,
  /** A killed transaction stays half done. */
  KILL_UNDOES_NOTHING,
  /** A lane that forgets marks does not remember up to when it did. */
  NO_HORIZON_OF_FORGOTTEN,
  /** A lane forgets that a batch is closed. */
  ADMITS_WHAT_IS_CLOSED,
  /** A lane decides again on what the other side's lane said before. */
  DECIDES_ON_REPEATED
}
