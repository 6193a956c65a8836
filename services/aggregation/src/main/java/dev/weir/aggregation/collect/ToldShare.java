package dev.weir.aggregation.collect;

import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.WireReader;
import java.util.Optional;

/** What aggregators say to each other about shares, for judges that read what was said. */
public final class ToldShare {
  private ToldShare() {}

  /**
   * What the leader asks for on {@link ShareTopics#REQUESTS}; empty where it tells a refusal.
   *
   * @throws dev.weir.kernel.ProblemException for anything else
   */
  public static Optional<AggregateShareReq> asked(byte[] request) {
    return LeaderRefusal.is(request)
        ? Optional.empty()
        : Optional.of(WireReader.whole(request, AggregateShareReq::read));
  }

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
