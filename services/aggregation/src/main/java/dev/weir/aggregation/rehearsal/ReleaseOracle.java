package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.CollectionId;
import dev.weir.aggregation.collect.ToldShare;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is seen of collections from outside the aggregators: which reports were uploaded, what lanes
 * told, what the leader asked for and when it had charged, and which shares left. From that alone
 * it says whether anything left that must not have; it asks no class that decides on releases.
 * Confined.
 */
final class ReleaseOracle {
  private final ReleaseStage stage;
  private final RehearsalTask rehearsal;
  private final boolean noisy;
  private final ShareReader reader;
  private final List<Uploaded> uploaded = new ArrayList<>();
  private final Map<Told, Map<Integer, Bucket>> told = new HashMap<>();
  private final Map<Bytes, AggregateShareReq> asked = new HashMap<>();
  private final Set<Left> left = new HashSet<>();
  private Optional<String> premature = Optional.empty();

  /**
   * @param noisy whether noise of the task's σ is never zero
   */
  ReleaseOracle(ReleaseStage stage, RehearsalTask rehearsal, boolean noisy) {
    this.stage = stage;
    this.rehearsal = rehearsal;
    this.noisy = noisy;
    this.reader = new ShareReader(rehearsal);
  }

  private record Uploaded(long hour, int party) {}

  private record Told(Bytes collection, DapRole side) {}

  /** A share that an aggregator let go. */
  private record Left(
      DapRole side,
      Bytes collection,
      TimeInterval batch,
      CollectionJobReq request,
      HpkeCiphertext sealed) {}

  void uploaded(long hour, int party) {
    uploaded.add(new Uploaded(hour, party));
  }

  /** What a lane told its aggregator of a batch that it closed; the first time is what counts. */
  void told(DapRole side, LaneShare share) {
    if (share.marker().kind() == Marker.Kind.CLOSE) {
      told.computeIfAbsent(new Told(share.marker().collection(), side), none -> new HashMap<>())
          .putIfAbsent(share.lane(), share.sum());
    }
  }

  /** What an aggregator says to the other one, before that one can hear it. */
  void said(DapRole side, byte[] key, byte[] value) {
    var collection = collection(key);
    switch (side) {
      case LEADER -> ToldShare.asked(value).ifPresent(request -> asks(collection, request));
      case HELPER -> ToldShare.in(value).ifPresent(sealed -> answers(collection, sealed));
      case COLLECTOR, CLIENT -> throw new IllegalArgumentException("only aggregators speak");
    }
  }

  /** Which collection a message between the aggregators is about. */
  static Bytes collection(byte[] key) {
    return Bytes.owning(Arrays.copyOfRange(key, TaskId.LENGTH, key.length));
  }

  /**
   * The collector heard that nothing is left to charge.
   *
   * @param domain what the contract's ledger has charged for the task all the same
   */
  void notCharged(long domain) {
    long own =
        stage.ask(
            DapRole.LEADER,
            "select coalesce(sum(nano_rho), 0)::bigint from leader.releases where contract_id = ?",
            rehearsal.terms.contractId().value());
    if (own != domain) {
      premature = Optional.of("the leader has charged what the contract's ledger refused");
    }
  }

  private void asks(Bytes collection, AggregateShareReq request) {
    if (!hasCharged(DapRole.LEADER, request)) {
      premature = Optional.of("the leader asked the helper before it had charged");
    }
    asked.putIfAbsent(collection, request);
  }

  private void answers(Bytes collection, HpkeCiphertext sealed) {
    var request = asked.get(collection);
    if (request == null) {
      premature = Optional.of("a share left that nobody had asked for");
      return;
    }
    left.add(new Left(DapRole.HELPER, collection, interval(request), request.collection(), sealed));
  }

  /** What the collector got. */
  void answered(
      CollectionId collection,
      TimeInterval batch,
      CollectionJobReq request,
      CollectionJobResp answer) {
    var name = Base64Url.decode(collection.toString());
    left.add(new Left(DapRole.LEADER, name, batch, request, answer.leader()));
    left.add(new Left(DapRole.HELPER, name, batch, request, answer.helper()));
  }

  /** Whether a committed charge of this very batch is in the side's own table. */
  private boolean hasCharged(DapRole side, AggregateShareReq request) {
    var batch =
        new WireWriter()
            .message(rehearsal.task.id())
            .message(request.selector())
            .u64(request.reports())
            .raw(request.checksum())
            .toBytes()
            .sha256();
    return stage.ask(
            side,
            "select count(*) from "
                + ReleaseStage.name(side)
                + ".releases where canonical = ? and nano_rho = ?",
            batch.toArray(),
            rehearsal.terms.nanoRho())
        == 1;
  }

  private static TimeInterval interval(AggregateShareReq request) {
    return switch (request.selector()) {
      case BatchSelector.OfInterval(TimeInterval interval) -> interval;
      case BatchSelector.OfBatch batch -> throw new IllegalStateException("batches are intervals");
    };
  }

  /** All that a side's lanes told of a batch; empty until each has. */
  Optional<Bucket> sum(DapRole side, Bytes collection) {
    var lanes = told.getOrDefault(new Told(collection, side), Map.of());
    return lanes.size() < rehearsal.task.lanes()
        ? Optional.empty()
        : lanes.values().stream().reduce((a, b) -> a.merge(rehearsal.task.vdaf(), b));
  }

  /** The collections for which lanes of a side have closed a batch. */
  List<Bytes> closed(DapRole side) {
    return told.keySet().stream()
        .filter(share -> share.side() == side)
        .map(Told::collection)
        .toList();
  }

  /** How many batches a share left of. */
  long batches() {
    return left.stream().map(Left::batch).distinct().count();
  }

  /** What left that must not have; empty when nothing did. */
  Optional<String> wrong() {
    return premature
        .or(() -> left.stream().flatMap(share -> wrong(share).stream()).findFirst())
        .or(this::overlap);
  }

  private Optional<String> wrong(Left share) {
    var batch = share.batch();
    var held = uploaded.stream().filter(report -> isIn(batch, report)).toList();
    if (held.size() < rehearsal.task.configuration().minBatchReports()) {
      return Optional.of("a batch of too few reports was released");
    }
    long parties = held.stream().map(Uploaded::party).distinct().count();
    if (parties < rehearsal.terms.minContributors()) {
      return Optional.of("a batch of too few parties was released");
    }
    var leader = sum(DapRole.LEADER, share.collection());
    var helper = sum(DapRole.HELPER, share.collection());
    if (leader.isEmpty() || helper.isEmpty()) {
      return Optional.of("a share left of a batch that was not closed");
    }
    if (leader.get().reports() != helper.get().reports()
        || !leader.get().checksum().equals(helper.get().checksum())) {
      return Optional.of("a share left though the sides had not counted the same reports");
    }
    var exact = (share.side() == DapRole.LEADER ? leader : helper).get().share();
    return noisy && reader.opened(share.side(), share.request(), share.sealed()).equals(exact)
        ? Optional.of("the " + ReleaseStage.name(share.side()) + "'s share left without noise")
        : Optional.empty();
  }

  private static boolean isIn(TimeInterval batch, Uploaded report) {
    return batch.start() <= report.hour() && report.hour() < batch.start() + batch.duration();
  }

  private Optional<String> overlap() {
    var batches = left.stream().map(Left::batch).distinct().toList();
    for (int i = 0; i < batches.size(); i++) {
      for (int j = 0; j < i; j++) {
        var one = batches.get(i);
        var other = batches.get(j);
        if (one.start() < other.start() + other.duration()
            && other.start() < one.start() + one.duration()) {
          return Optional.of("two batches that were released overlap");
        }
      }
    }
    return Optional.empty();
  }
}
