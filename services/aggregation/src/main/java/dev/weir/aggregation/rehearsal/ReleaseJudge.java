package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.ToldShare;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collector.ShareOpening;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.Bytes;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a history of one collection from what the collector got, what the helper ever said and
 * what the tables of both aggregators hold. Confined.
 */
final class ReleaseJudge {
  private static final String DENY = "\"deny\"";

  private final ReleaseStage stage;
  private final RehearsalTask rehearsal;
  private final RehearsalLedger ledger;
  private final BigInteger mostNoise;
  private final ShareReader reader;
  private int sharesSeen;

  /**
   * @param mostNoise how far noise takes the sum at the most; of a history that is to show a report
   *     or a lane that counts twice, zero
   */
  ReleaseJudge(
      ReleaseStage stage, RehearsalTask rehearsal, RehearsalLedger ledger, BigInteger mostNoise) {
    this.mostNoise = mostNoise;
    this.stage = stage;
    this.rehearsal = rehearsal;
    this.ledger = ledger;
    this.reader = new ShareReader(rehearsal);
  }

  /** The most different shares of the batch that one side has stored or let go. */
  int sharesSeen() {
    return sharesSeen;
  }

  /**
   * What does not hold of a batch that was collected; empty when all is well.
   *
   * @param refusedAtDesk refusals that made no collection
   */
  Optional<String> judge(PatientCollector got, LaneLog helperSaid, int refusedAtDesk) {
    var request = got.request();
    var answer = got.answer().orElseThrow();
    long nanoRho = rehearsal.terms.nanoRho();
    return sum(request, answer)
        .or(() -> shares(DapRole.LEADER, request, answer.leader(), Set.of()))
        .or(() -> shares(DapRole.HELPER, request, answer.helper(), said(request, helperSaid)))
        .or(() -> tables(DapRole.LEADER, nanoRho, refusedAtDesk))
        .or(() -> tables(DapRole.HELPER, nanoRho, refusedAtDesk))
        .or(() -> forgotten(DapRole.LEADER))
        .or(() -> forgotten(DapRole.HELPER));
  }

  /**
   * What does not hold where the sides had not counted the same: the leader has charged before it
   * asked, the helper has not.
   */
  Optional<String> refused(int refusedAtDesk) {
    return tables(DapRole.LEADER, rehearsal.terms.nanoRho(), refusedAtDesk)
        .or(() -> tables(DapRole.HELPER, 0, refusedAtDesk))
        .or(() ->
            stage.sealedShares(DapRole.HELPER, rehearsal.task.id()).isEmpty()
                ? Optional.empty()
                : Optional.of("the helper has a share of a batch that it refused"));
  }

  private Optional<String> sum(CollectionJobReq request, CollectionJobResp answer) {
    var exact = BigInteger.ONE.shiftLeft(ReleaseHistory.REPORTS).subtract(BigInteger.ONE);
    var noisy =
        new ShareOpening(rehearsal.task.task(), rehearsal.collectorKey)
            .open(request, answer)
            .getFirst();
    boolean near = noisy.subtract(exact).abs().compareTo(mostNoise) <= 0;
    return near && answer.reports() == ReleaseHistory.REPORTS
        ? Optional.empty()
        : Optional.of("the collected sum is not that of the reports");
  }

  /** Whatever was stored or said by a side is one noised share, the one that the collector has. */
  private Optional<String> shares(
      DapRole side, CollectionJobReq request, HpkeCiphertext got, Set<Bytes> said) {
    var seen = new HashSet<Bytes>(said);
    seen.add(reader.opened(side, request, got));
    for (HpkeCiphertext stored : stage.sealedShares(side, rehearsal.task.id())) {
      seen.add(reader.opened(side, request, stored));
    }
    sharesSeen = Math.max(sharesSeen, seen.size());
    return seen.size() == 1
        ? Optional.empty()
        : Optional.of("the " + ReleaseStage.name(side) + " has noised a batch twice");
  }

  private Set<Bytes> said(CollectionJobReq request, LaneLog helperSaid) {
    var said = new HashSet<Bytes>();
    for (int i = 0; i < helperSaid.size(); i++) {
      byte[] value = helperSaid.at(i).value();
      if (!ReleaseSide.isPoison(value)) {
        ToldShare.in(value)
            .ifPresent(sealed -> said.add(reader.opened(DapRole.HELPER, request, sealed)));
      }
    }
    return said;
  }

  /** Of a batch that was released no exact sum is left in a table. */
  private Optional<String> forgotten(DapRole side) {
    String own = ReleaseStage.name(side);
    long left =
        stage.ask(
            side,
            "select count(*) from %1$s.lane_shares s join %1$s.collections c using (collection_id) where s.task_id = ? and c.state = 'DONE' and length(s.share) > 0"
                .formatted(own),
            (Object) rehearsal.task.id().bytes().toArray());
    return left == 0
        ? Optional.empty()
        : Optional.of("the " + own + " keeps the exact sum of a released batch");
  }

  /**
   * Charged once, and the ledger of the operation domain too; a leaf for every release, and for
   * every refusal at both, whoever refused.
   */
  private Optional<String> tables(DapRole side, long nanoRho, int refusedAtDesk) {
    var contract = rehearsal.terms.contractId().value();
    String releases = " from " + ReleaseStage.name(side) + ".releases where contract_id = ?";
    long spent = stage.ask(side, "select coalesce(sum(nano_rho), 0)" + releases, contract);
    long domain = ledger.charged(rehearsal.terms.contractId());
    if (spent != nanoRho || domain != rehearsal.terms.nanoRho()) {
      return Optional.of("the " + ReleaseStage.name(side) + " has not charged exactly once");
    }
    boolean told =
        leaves(side, "shareSha256") == collections(side, "own_share is not null")
            && leaves(DapRole.LEADER, DENY)
                == collections(DapRole.LEADER, "state = 'FAILED'") + refusedAtDesk
            && leaves(DapRole.HELPER, DENY) == leaves(DapRole.LEADER, DENY);
    return told ? Optional.empty() : Optional.of("a release or refusal is not one leaf");
  }

  private long leaves(DapRole side, String word) {
    return stage.ask(
        side,
        "select count(*) from "
            + ReleaseStage.name(side)
            + """
            .outbox where position(convert_to(?, 'UTF8') in value) > 0
              and position(convert_to(?, 'UTF8') in value) > 0
            """,
        rehearsal.task.id().toString(),
        word);
  }

  private long collections(DapRole side, String condition) {
    return stage.ask(
        side,
        "select count(*) from "
            + ReleaseStage.name(side)
            + ".collections where task_id = ? and "
            + condition,
        (Object) rehearsal.task.id().bytes().toArray());
  }
}
