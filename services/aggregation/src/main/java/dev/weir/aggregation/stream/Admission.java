package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.Signed;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The leader's first half: uploaded reports in, the beginning of their proofs out. */
final class Admission implements LaneStep {
  private final LaneParts parts;
  private final LeaderVerifier verifier;

  Admission(LaneParts parts) {
    this.parts = parts;
    this.verifier = new LeaderVerifier(parts.opener());
  }

  @Override
  public void process(
      LaneBook book, byte @Nullable [] keyBytes, byte @Nullable [] value, LaneOut out) {
    LaneMessage.read(parts, keyBytes, value, Report::read, out)
        .ifPresent(message -> admit(book, out, message));
  }

  private void admit(LaneBook book, LaneOut out, LaneMessage<Report> message) {
    switch (message.carried()) {
      case Carried.Marked<Report>(Marker marker) -> {
        book.admit(message.task().id(), marker);
        if (marker.kind().isForBoth()) {
          out.peer(Carried.marker(marker));
        }
      }
      case Carried.Item<Report>(Report report) -> {
        if (message.isAbout(report.metadata().id(), out)) {
          admit(book, out, message.task(), report);
        }
      }
    }
  }

  private void admit(LaneBook book, LaneOut out, AggregationTask task, Report report) {
    var bucket = book.bucketFor(task, report.metadata().time());
    switch (parts.rules().check(task, report.metadata(), report.publicShare(), book.lane())) {
      case Signed.Refused(Reason reason) -> parts.refuse(book, task, bucket, reason);
      case Signed.By(PartyId party) -> {
        if (bucket.isEmpty()) {
          out.bury("no-batch");
          return;
        }
        start(book, out, task, report, party, bucket.get());
      }
    }
  }

  private void start(
      LaneBook book,
      LaneOut out,
      AggregationTask task,
      Report report,
      PartyId party,
      Bytes bucket) {
    ReportMetadata metadata = report.metadata();
    var refusal = book.refusal(task, metadata.id(), metadata.time(), bucket, party);
    if (refusal.isPresent()) {
      parts.refuse(book, task, Optional.of(bucket), refusal.get());
      return;
    }
    switch (verifier.start(task, report)) {
      case LeaderVerifier.Start.Refused(Reason reason) ->
          parts.refuse(book, task, Optional.of(bucket), reason);
      case LeaderVerifier.Start.Started(Bytes payload, Bytes expected, Bytes output) -> {
        book.mark(task, metadata.id(), metadata.time());
        book.keep(
            task, metadata.id(), new Pending(metadata.time(), bucket, party, expected, output));
        out.peer(Carried.item(request(task, report, bucket, payload)));
      }
    }
  }

  private static AggregationJobInitReq request(
      AggregationTask task, Report report, Bytes bucket, Bytes payload) {
    var share = new ReportShare(report.metadata(), report.publicShare(), report.helper());
    return new AggregationJobInitReq(
        0,
        Bytes.EMPTY,
        task.isByInterval() ? List.of() : List.of(AggregationJobInitReq.batch(new BatchId(bucket))),
        List.of(new VerifyInit(share, payload)));
  }
}
