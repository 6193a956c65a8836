package dev.weir.benchmarks.prio3;

import dev.weir.benchmarks.harness.Sink;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.Prio3;
import dev.weir.privacy.vdaf.RejectedReportException;
import dev.weir.privacy.vdaf.Shares;
import dev.weir.privacy.vdaf.Verification;
import dev.weir.privacy.vdaf.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** The same four steps that the peer times, over a batch of the same size. Confined. */
final class OwnTimes {
  private static final int BATCH = 64;

  private final SecureRandom random = new SecureRandom();
  private final Contest contest;
  private final Prio3 prio3;
  private final VerifyKey key = VerifyKey.random(random);
  private final Nonce[] nonces = new Nonce[BATCH];
  private final Shares[] shares = new Shares[BATCH];
  private final Verification[][] looked = new Verification[BATCH][2];

  OwnTimes(Contest contest) throws RejectedReportException {
    this.contest = contest;
    this.prio3 = Prio3.of(contest.instance(), "weir peer".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < BATCH; i++) {
      nonces[i] = Nonce.random(random);
      shares[i] = prio3.shard(contest.sample().apply(i), nonces[i], random);
      looked[i] = new Verification[] {verify(0, i), verify(1, i)};
    }
  }

  private Verification verify(int aggregator, int i) throws RejectedReportException {
    return prio3.verify(
        key,
        aggregator,
        nonces[i],
        shares[i].publicShare(),
        shares[i].inputShares().get(aggregator));
  }

  private interface Step {
    Object run(int i) throws Exception;
  }

  double shardMicros(double seconds) throws Exception {
    return micros(seconds, i -> prio3.shard(contest.sample().apply(i), nonces[i], random));
  }

  double verifyMicros(int aggregator, double seconds) throws Exception {
    return micros(seconds, i -> verify(aggregator, i));
  }

  double finishMicros(double seconds) throws Exception {
    return micros(
        seconds,
        i -> {
          var message =
              prio3.combine(List.of(looked[i][0].verifierShare(), looked[i][1].verifierShare()));
          return prio3.finish(looked[i][0], message);
        });
  }

  private static double micros(double seconds, Step step) throws Exception {
    long start = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - start < seconds * 1e9) {
      Sink.take(step.run((int) (count++ % BATCH)));
    }
    return (System.nanoTime() - start) / 1e3 / count;
  }
}
