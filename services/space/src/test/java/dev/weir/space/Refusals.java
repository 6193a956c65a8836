package dev.weir.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts refusals by their stable type. */
public final class Refusals {
  private Refusals() {}

  public static ProblemException assertRefused(ProblemType type, ThrowingCallable call) {
    var thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ProblemException.class);
    var problem = (ProblemException) thrown;
    assertThat(problem.type()).as(problem.detail() + problem.extensions()).isEqualTo(type);
    return problem;
  }
}
