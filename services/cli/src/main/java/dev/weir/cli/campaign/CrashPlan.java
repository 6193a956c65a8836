package dev.weir.cli.campaign;

import dev.weir.cli.stack.StackState;

/**
 * What a crash campaign does.
 *
 * @param state where its stack lives; emptied first
 * @param seed decides what is killed when
 * @param persons in the synthetic resource, three and a half records each
 */
public record CrashPlan(StackState state, long seed, int rounds, int persons) {
  public CrashPlan {
    if (rounds < 1 || persons < 100) {
      throw new IllegalArgumentException("at least one round over a hundred persons");
    }
  }
}
