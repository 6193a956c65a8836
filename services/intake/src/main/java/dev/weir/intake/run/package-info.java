/**
 * Runs: one source streamed into one resource's record topic exactly once, whatever is killed; ends
 * in a sealed data version. Start with {@link dev.weir.intake.run.RunResource}; the work itself is
 * in {@code IntakeRun}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.run;
