package dev.weir.aggregation.collector;

/** Why what two shares came to is not believed. */
public enum Alert {
  /** An element is further below zero than noise goes. */
  BELOW_RANGE,
  /** An element is further above the greatest sum of so many measurements than noise goes. */
  ABOVE_RANGE,
  /** The elements together are not what so many measurements add up to. */
  TOTAL_OUT_OF_RANGE,
  /** The reports are said to be from outside the interval that was asked for. */
  OUTSIDE_THE_QUERY
}
