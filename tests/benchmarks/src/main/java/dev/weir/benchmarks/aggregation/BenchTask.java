package dev.weir.benchmarks.aggregation;

import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.benchmarks.terms.Contracts;
import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.testkit.Account;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A task and the keys of those who may contribute to it. Immutable.
 *
 * @param document as both operators set it up
 */
record BenchTask(TaskDocument document, AggregationTask task, List<ContributorSigner> signers) {
  static final String LEADER_ADDRESS = "https://leader.example/dap/";
  static final String HELPER_ADDRESS = "https://helper.example/dap/";
  static final Account LEADER = Account.of("leader-operator", Account.party(72), Role.OPERATOR);
  static final Account HELPER = Account.of("helper-operator", Account.party(73), Role.OPERATOR);

  static final int LANES = 4;

  private static final int CONTRIBUTORS = 256;
  private static final int FIRST_CLINIC = 500;
  private static final long HOUR = 3600;

  /** The contract that all tasks are under. */
  static ContractTerms contract() {
    return Contracts.plain(List.of(FlightTerms.noisy(List.of("ORD"))));
  }

  static BenchTask of(Kind kind, SecureRandom random) {
    var signers = new ArrayList<ContributorSigner>();
    var contributors = new ArrayList<Contributor>();
    for (int i = 0; i < CONTRIBUTORS; i++) {
      var party = Account.party(FIRST_CLINIC + i);
      var keys = SigningSuite.INTL.generate(random);
      signers.add(new Ed25519Signer(party, keys));
      contributors.add(contributor(party, "intl", keys.getPublic().getEncoded()));
    }
    byte[] seed = new byte[VerifyKeys.SEED_LENGTH];
    random.nextBytes(seed);
    var terms = terms(contributors, Bytes.copyOf(seed), random);
    var document =
        new TaskDocument(
            Base64Url.encode(configuration(kind, terms).encoded()),
            terms,
            Base64Url.encode(Bytes.copyOf(seed)));
    return new BenchTask(document, document.task(), List.copyOf(signers));
  }

  static Contributor contributor(CreditCode party, String suite, byte[] publicKey) {
    return new Contributor(party, suite, Base64Url.encode(Bytes.copyOf(publicKey)));
  }

  private static TaskTerms terms(List<Contributor> contributors, Bytes seed, SecureRandom random) {
    try (var collector = HpkePrivateKey.random(random)) {
      return new TaskTerms(
          Bilingual.same("benchmark"),
          Contracts.PURPOSE,
          Contracts.CONTRACT,
          contract().products().getFirst().id(),
          LEADER.party(),
          HELPER.party(),
          Contracts.USER,
          Base64Url.encode(HpkeKeyRing.config(3, collector).encoded()),
          VerifyKeys.commitment(seed),
          contributors,
          2,
          Integer.MAX_VALUE,
          48 * HOUR,
          300,
          1_000_000);
    }
  }

  private static TaskConfiguration configuration(Kind kind, TaskTerms terms) {
    long now = Instant.now().getEpochSecond() / HOUR;
    return new TaskConfiguration(
        new TaskInfo(LANES, terms.sha256()).encoded(),
        LEADER_ADDRESS,
        HELPER_ADDRESS,
        HOUR,
        100,
        BatchMode.TIME_INTERVAL,
        Bytes.EMPTY,
        kind.vdaf(),
        List.of(TaskConfiguration.interval(new TimeInterval(now - 24, 24 * 7))));
  }

  /** All hours in which a report of this run can be made. */
  TimeInterval hours() {
    return new TimeInterval(Instant.now().getEpochSecond() / HOUR - 2, 4);
  }
}
