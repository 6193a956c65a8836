package dev.weir.intake.cleaning;

/** Counts of one rule. Confined to one thread. */
final class RuleTally {
  private final CleaningRule rule;
  private long checked;
  private long violations;

  RuleTally(CleaningRule rule) {
    this.rule = rule;
  }

  CleaningRule rule() {
    return rule;
  }

  void check() {
    checked++;
  }

  void broken() {
    violations++;
  }

  long checked() {
    return checked;
  }

  long violations() {
    return violations;
  }
}
