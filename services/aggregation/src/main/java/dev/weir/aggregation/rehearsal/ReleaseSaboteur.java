package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.CollectionId;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.WireWriter;
import java.util.Optional;

/**
 * Does what is wrong in a history with a {@link ReleaseBug}, from where the bug would be: behind an
 * aggregator's tables, on its way from its lanes, on its way from the other one. Confined.
 */
final class ReleaseSaboteur {
  private final ReleaseBug bug;
  private final ReleaseStage stage;
  private final RehearsalTask rehearsal;
  private final ReleaseOracle oracle;
  private Optional<CollectionId> forgotten = Optional.empty();

  ReleaseSaboteur(
      ReleaseBug bug, ReleaseStage stage, RehearsalTask rehearsal, ReleaseOracle oracle) {
    this.bug = bug;
    this.stage = stage;
    this.rehearsal = rehearsal;
    this.oracle = oracle;
  }

  /** Before an aggregator's own thread does its next step. */
  void beforeStep(DapRole side) {
    if (bug == ReleaseBug.FORGETS_WHAT_IT_DREW) {
      stage.forgetFailed(side);
    }
    forgotten.ifPresent(collection -> stage.forget(side, collection));
    if (bug == ReleaseBug.SENDS_THE_EXACT_SHARE) {
      oracle
          .closed(side)
          .forEach(collection ->
              oracle
                  .sum(side, collection)
                  .ifPresent(sum -> stage.takeNoiseOff(side, rehearsal.task.id(), sum.share())));
    }
  }

  /** Once a batch is collected. */
  void collected(TimeInterval batch, CollectionId collection, RehearsalLanes lanes) {
    if (bug == ReleaseBug.FORGETS_WHAT_IT_COLLECTED) {
      forgotten = Optional.of(collection);
      var name = Base64Url.decode(collection.toString());
      lanes.mark(new Marker(name, Marker.Kind.REOPEN, new BatchSelector.OfInterval(batch)));
    }
  }

  /** What an aggregator believes that its lane told. */
  LaneShare believed(LaneShare share) {
    return switch (bug) {
      case RELEASES_TOO_FEW_REPORTS ->
          share.sum().reports() > 0 && isOf(share, ReleaseHistory.FEW)
              ? with(share, moreReports(share.sum()), share.contributors())
              : share;
      case RELEASES_TOO_FEW_PARTIES ->
          share.contributors() > 0 && isOf(share, ReleaseHistory.LONELY)
              ? with(share, share.sum(), share.contributors() + rehearsal.terms.minContributors())
              : share;
      case NONE,
          FORGETS_WHAT_IT_DREW,
          ASKS_BEFORE_IT_CHARGES,
          FORGETS_WHAT_IT_COLLECTED,
          RELEASES_WHAT_DIFFERS,
          KEEPS_THE_EXACT_SUMS,
          SENDS_THE_EXACT_SHARE ->
          share;
    };
  }

  /** Whether an aggregator sends a marker that it should. */
  boolean lets(Marker marker) {
    return marker.kind() != Marker.Kind.FORGET
        || (bug != ReleaseBug.KEEPS_THE_EXACT_SUMS && bug != ReleaseBug.FORGETS_WHAT_IT_COLLECTED);
  }

  private boolean isOf(LaneShare share, TimeInterval batch) {
    return share.marker().batch().equals(new BatchSelector.OfInterval(batch));
  }

  private Bucket moreReports(Bucket sum) {
    return new Bucket(
        sum.reports() + rehearsal.task.configuration().minBatchReports(),
        sum.checksum(),
        sum.first(),
        sum.last(),
        sum.share());
  }

  private static LaneShare with(LaneShare share, Bucket sum, long contributors) {
    return new LaneShare(
        share.task(),
        share.marker(),
        share.lane(),
        share.free(),
        sum,
        contributors,
        share.refused(),
        share.refusedOfTask());
  }

  /** What the leader says too early, when the last of its lanes has told. */
  Optional<LaneLog.Message> saysAfter(LaneShare share) {
    var collection = share.marker().collection();
    return bug == ReleaseBug.ASKS_BEFORE_IT_CHARGES
            && share.marker().kind() == Marker.Kind.CLOSE
            && share.marker().batch() instanceof BatchSelector.OfInterval(TimeInterval interval)
        ? oracle
            .sum(DapRole.LEADER, collection)
            .map(sum ->
                new LaneLog.Message(
                    new WireWriter()
                        .message(rehearsal.task.id())
                        .raw(collection)
                        .toBytes()
                        .toArray(),
                    request(CollectionJobReq.of(new Query.OfInterval(interval)), share, sum)))
        : Optional.empty();
  }

  private static byte[] request(CollectionJobReq request, LaneShare share, Bucket sum) {
    return new AggregateShareReq(request, share.marker().batch(), sum.reports(), sum.checksum())
        .encoded()
        .toArray();
  }

  /** What the helper takes a message of the leader's for; nothing as long as it cannot tell. */
  Optional<LaneLog.Message> taken(LaneLog.Message message, Optional<AggregateShareReq> request) {
    if (bug != ReleaseBug.RELEASES_WHAT_DIFFERS || request.isEmpty()) {
      return Optional.of(message);
    }
    var collection = ReleaseOracle.collection(message.key());
    var asked = request.get();
    return oracle
        .sum(DapRole.HELPER, collection)
        .map(own ->
            new LaneLog.Message(
                message.key(),
                new AggregateShareReq(
                        asked.collection(), asked.selector(), own.reports(), own.checksum())
                    .encoded()
                    .toArray()));
  }
}
