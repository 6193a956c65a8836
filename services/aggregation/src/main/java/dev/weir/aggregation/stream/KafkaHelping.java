package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.Signed;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemException;
import dev.weir.privacy.vdaf.OutputShare;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The helper: the leader's requests in, its own verdicts out; it believes none of them. */
final class KafkaHelping implements Processor<byte[], byte[], byte[], byte[]> {
  private final LaneParts parts;
  private final HelperVerifier verifier;
  private @Nullable KafkaLane lane;

  KafkaHelping(LaneParts parts) {
    this.parts = parts;
    this.verifier = new HelperVerifier(parts.opener());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    var opened = new KafkaLane(context);
    lane = opened;
    context.schedule(
        LaneParts.FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> parts.forget(opened.book()));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = Objects.requireNonNull(lane);
    if (record.key() == null || record.value() == null) {
      at.bury(record, "malformed");
      return;
    }
    LaneKey key;
    Carried<AggregationJobInitReq> carried;
    try {
      key = LaneKey.of(record.key());
      carried = Carried.read(record.value(), AggregationJobInitReq::read);
    } catch (ProblemException malformed) {
      at.bury(record, "malformed");
      return;
    }
    var task = parts.tasks().find(key.task());
    if (task.isEmpty()) {
      at.bury(record, "unknown-task");
      return;
    }
    switch (carried) {
      case Carried.Marked<AggregationJobInitReq>(Marker marker) ->
          mark(at, record, task.get(), marker);
      case Carried.Item<AggregationJobInitReq>(AggregationJobInitReq request) -> {
        if (request.inits().size() != 1
            || !key.equals(new LaneKey.OfReport(task.get().id(), id(request)))) {
          at.bury(record, "wrong-key");
          return;
        }
        at.send(KafkaLane.PEER, record, Carried.item(answer(at.book(), task.get(), request)));
      }
    }
  }

  private static void mark(
      KafkaLane at, Record<byte[], byte[]> record, AggregationTask task, Marker marker) {
    at.book().admit(task.id(), marker);
    if (marker.kind() == Marker.Kind.COUNT || marker.kind() == Marker.Kind.CLOSE) {
      at.send(KafkaLane.BATCHES, record, at.book().share(task, marker).encoded());
    }
    at.send(KafkaLane.PEER, record, Carried.marker(marker));
  }

  private VerifyResp answer(LaneBook book, AggregationTask task, AggregationJobInitReq request) {
    VerifyInit init = request.inits().getFirst();
    ReportMetadata metadata = init.share().metadata();
    var bucket = bucket(task, request, metadata);
    if (bucket.isEmpty()) {
      return VerifyResp.Reject.of(metadata.id(), ReportError.INVALID_MESSAGE);
    }
    return switch (parts.rules().check(task, metadata, book.lane())) {
      case Signed.Refused(Reason reason) -> refuse(book, task, metadata, reason);
      case Signed.By(ContributorId contributor) ->
          book.refusal(task, metadata.id(), bucket.get(), contributor)
              .map(reason -> refuse(book, task, metadata, reason))
              .orElseGet(() -> verify(book, task, init, bucket.get(), contributor));
    };
  }

  private VerifyResp verify(
      LaneBook book,
      AggregationTask task,
      VerifyInit init,
      Bytes bucket,
      ContributorId contributor) {
    ReportMetadata metadata = init.share().metadata();
    return switch (verifier.answer(task, init)) {
      case HelperVerifier.Answer.Refused(Reason reason) -> refuse(book, task, metadata, reason);
      case HelperVerifier.Answer.Verified(OutputShare share, Bytes payload) -> {
        book.mark(task, metadata.id(), metadata.time());
        book.count(task, metadata.id(), metadata.time(), bucket, contributor, share);
        parts.figures().counted();
        yield new VerifyResp.Continue(metadata.id(), payload);
      }
    };
  }

  private VerifyResp refuse(
      LaneBook book, AggregationTask task, ReportMetadata metadata, Reason reason) {
    book.tally(task.id(), reason);
    parts.figures().refused(reason);
    return VerifyResp.Reject.of(metadata.id(), reason.error());
  }

  /** Where the report is counted; empty for a job that does not fit the task. */
  private static Optional<Bytes> bucket(
      AggregationTask task, AggregationJobInitReq request, ReportMetadata metadata) {
    if (request.verifyKeyId() != 0 || !request.aggregationParameter().isEmpty()) {
      return Optional.empty();
    }
    if (task.isByInterval()) {
      return request.extensions().isEmpty()
          ? Optional.of(LaneBook.bucketOf(metadata.time()))
          : Optional.empty();
    }
    return request.extensions().size() == 1
        ? Extension.find(request.extensions(), AggregationJobInitReq.BATCH_ID)
            .filter(batch -> batch.length() == BatchId.LENGTH)
        : Optional.empty();
  }

  private static ReportId id(AggregationJobInitReq request) {
    return request.inits().getFirst().share().metadata().id();
  }
}
