package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.ReportError;
import dev.weir.privacy.vdaf.OutputShare;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The leader's second half: the helper's answers in, reports added up, batches told. */
final class Settlement implements LaneStep {
  private final LaneParts parts;
  private final LeaderVerifier verifier;

  Settlement(LaneParts parts) {
    this.parts = parts;
    this.verifier = new LeaderVerifier(parts.opener());
  }

  @Override
  public void process(
      LaneBook book, byte @Nullable [] keyBytes, byte @Nullable [] value, LaneOut out) {
    LaneMessage.read(parts, keyBytes, value, VerifyResp::read, out)
        .ifPresent(message -> settle(book, out, message));
  }

  private void settle(LaneBook book, LaneOut out, LaneMessage<VerifyResp> message) {
    switch (message.carried()) {
      case Carried.Marked<VerifyResp>(Marker marker) -> {
        if (marker.kind().isAnswered()) {
          out.batch(book.share(message.task(), marker).encoded());
        }
      }
      case Carried.Item<VerifyResp>(VerifyResp answer) -> {
        if (message.isAbout(answer.id(), out)) {
          settle(book, out, message.task(), answer);
        }
      }
    }
  }

  private void settle(LaneBook book, LaneOut out, AggregationTask task, VerifyResp answer) {
    var kept = book.take(task, answer.id());
    if (kept.isEmpty()) {
      out.bury("not-asked");
      return;
    }
    Pending pending = kept.get();
    switch (verifier.end(task, pending, answer)) {
      case LeaderVerifier.End.Refused(Reason reason) -> {
        parts.refuse(book, task, Optional.of(pending.bucket()), reason);
        if (isTooEarly(answer)) {
          book.unmark(task, answer.id(), pending.time());
        }
      }
      case LeaderVerifier.End.Counted(OutputShare share) -> {
        var late = book.lateRefusal(task, pending);
        if (late.isPresent()) {
          parts.refuse(book, task, Optional.of(pending.bucket()), late.get());
          return;
        }
        book.count(task, answer.id(), pending.time(), pending.bucket(), pending.party(), share);
        parts.figures().counted();
      }
    }
  }

  /** The only refusal after which the same report may come again: the helper's clock was behind. */
  private static boolean isTooEarly(VerifyResp answer) {
    return answer instanceof VerifyResp.Reject(var id, int code)
        && code == ReportError.REPORT_TOO_EARLY.code();
  }
}
