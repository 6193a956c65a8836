package dev.weir.intake.cleaning;

import java.util.function.Consumer;

/** Where the values of a reference rule come from: a border to the other source. */
@FunctionalInterface
public interface ReferenceValues {

  /** Hands every text of the rule's source column to {@code sink}. */
  void read(CleaningRule.Reference rule, Consumer<String> sink);
}
