package dev.weir.query.plan.question;

/** A column of the answer. */
public sealed interface Output {
  String label();

  /**
   * @param index into the question's keys
   */
  record Key(int index, String label) implements Output {}

  /**
   * @param index into the question's measures
   */
  record Value(int index, String label) implements Output {}

  record Constant(String text, String label) implements Output {}
}
