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
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.OutputShare;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The helper: the leader's requests in, its own verdicts out; it believes none of them. */
final class Helping implements LaneStep {
  private final LaneParts parts;
  private final HelperVerifier verifier;
  private final Predicate<AggregationTask> heard;
  private final boolean forgets;

  /**
   * @param heard tasks whose leader may send what comes here
   * @param forgets whether this aggregator itself speaks here: nobody else has it forget
   */
  Helping(LaneParts parts, Predicate<AggregationTask> heard, boolean forgets) {
    this.parts = parts;
    this.heard = heard;
    this.forgets = forgets;
    this.verifier = new HelperVerifier(parts.opener());
  }

  @Override
  public void process(
      LaneBook book, byte @Nullable [] keyBytes, byte @Nullable [] value, LaneOut out) {
    LaneMessage.read(parts, keyBytes, value, AggregationJobInitReq::read, out)
        .ifPresent(message -> help(book, out, message));
  }

  private void help(LaneBook book, LaneOut out, LaneMessage<AggregationJobInitReq> message) {
    if (!heard.test(message.task())) {
      out.bury("other-leader");
      return;
    }
    switch (message.carried()) {
      case Carried.Marked<AggregationJobInitReq>(Marker marker) -> {
        if (marker.kind() == Marker.Kind.FORGET && !forgets) {
          out.bury("not-the-leaders");
        } else {
          mark(book, out, message.task(), marker);
        }
      }
      case Carried.Item<AggregationJobInitReq>(AggregationJobInitReq request) -> {
        if (request.inits().size() != 1) {
          out.bury("wrong-key");
        } else if (message.isAbout(id(request), out)) {
          out.peer(Carried.item(answer(book, message.task(), request)));
        }
      }
    }
  }

  private static void mark(LaneBook book, LaneOut out, AggregationTask task, Marker marker) {
    book.admit(task.id(), marker);
    if (marker.kind().isAnswered()) {
      out.batch(book.share(task, marker).encoded());
    }
    if (marker.kind().isForBoth()) {
      out.peer(Carried.marker(marker));
    }
  }

  private VerifyResp answer(LaneBook book, AggregationTask task, AggregationJobInitReq request) {
    VerifyInit init = request.inits().getFirst();
    ReportMetadata metadata = init.share().metadata();
    var bucket = bucket(task, request, metadata);
    if (bucket.isEmpty()) {
      return VerifyResp.Reject.of(metadata.id(), ReportError.INVALID_MESSAGE);
    }
    return switch (parts.rules().check(task, metadata, init.share().publicShare(), book.lane())) {
      case Signed.Refused(Reason reason) -> refuse(book, task, metadata, bucket, reason);
      case Signed.By(PartyId party) ->
          book.refusal(task, metadata.id(), metadata.time(), bucket.get(), party)
              .map(reason -> refuse(book, task, metadata, bucket, reason))
              .orElseGet(() -> verify(book, task, init, bucket.get(), party));
    };
  }

  private VerifyResp verify(
      LaneBook book, AggregationTask task, VerifyInit init, Bytes bucket, PartyId party) {
    ReportMetadata metadata = init.share().metadata();
    return switch (verifier.answer(task, init)) {
      case HelperVerifier.Answer.Refused(Reason reason) ->
          refuse(book, task, metadata, Optional.of(bucket), reason);
      case HelperVerifier.Answer.Verified(OutputShare share, Bytes payload) -> {
        book.mark(task, metadata.id(), metadata.time());
        book.count(task, metadata.id(), metadata.time(), bucket, party, share);
        parts.figures().counted();
        yield new VerifyResp.Continue(metadata.id(), payload);
      }
    };
  }

  private VerifyResp refuse(
      LaneBook book,
      AggregationTask task,
      ReportMetadata metadata,
      Optional<Bytes> bucket,
      Reason reason) {
    parts.refuse(book, task, bucket, reason);
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
