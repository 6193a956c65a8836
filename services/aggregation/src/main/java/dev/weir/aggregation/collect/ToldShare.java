package dev.weir.aggregation.collect;

import dev.weir.dap.hpke.HpkeCiphertext;
import java.util.Optional;

/** What is in a helper's answer, for judges that read what was said. */
public final class ToldShare {
  private ToldShare() {}

  /**
   * The sealed share in an answer on {@link ShareTopics#SHARES}; empty for a refusal.
   *
   * @throws dev.weir.kernel.ProblemException for anything else
   */
  public static Optional<HpkeCiphertext> in(byte[] answer) {
    return switch (ShareAnswer.of(answer)) {
      case ShareAnswer.Share(var share) -> Optional.of(share.sealed());
      case ShareAnswer.Refusal refusal -> Optional.empty();
    };
  }
}
