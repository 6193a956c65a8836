package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.ReportError;
import dev.weir.kernel.ProblemException;
import dev.weir.privacy.vdaf.OutputShare;
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
    if (keyBytes == null || value == null) {
      out.bury("malformed");
      return;
    }
    LaneKey key;
    Carried<VerifyResp> carried;
    try {
      key = LaneKey.of(keyBytes);
      carried = Carried.read(value, VerifyResp::read);
    } catch (ProblemException malformed) {
      out.bury("malformed");
      return;
    }
    var task = parts.tasks().find(key.task());
    if (task.isEmpty()) {
      out.bury("unknown-task");
      return;
    }
    switch (carried) {
      case Carried.Marked<VerifyResp>(Marker marker) -> {
        if (marker.kind() == Marker.Kind.COUNT || marker.kind() == Marker.Kind.CLOSE) {
          out.batch(book.share(task.get(), marker).encoded());
        }
      }
      case Carried.Item<VerifyResp>(VerifyResp answer) -> {
        if (!key.equals(new LaneKey.OfReport(task.get().id(), answer.id()))) {
          out.bury("wrong-key");
          return;
        }
        settle(book, out, task.get(), answer);
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
        refuse(book, task, reason);
        if (isTooEarly(answer)) {
          book.unmark(task, answer.id(), pending.time());
        }
      }
      case LeaderVerifier.End.Counted(OutputShare share) -> {
        var late = book.lateRefusal(task, pending);
        if (late.isPresent()) {
          refuse(book, task, late.get());
          return;
        }
        book.count(
            task, answer.id(), pending.time(), pending.bucket(), pending.contributor(), share);
        parts.figures().counted();
      }
    }
  }

  private void refuse(LaneBook book, AggregationTask task, Reason reason) {
    book.tally(task.id(), reason);
    parts.figures().refused(reason);
  }

  /** The only refusal after which the same report may come again: the helper's clock was behind. */
  private static boolean isTooEarly(VerifyResp answer) {
    return answer instanceof VerifyResp.Reject(var id, int code)
        && code == ReportError.REPORT_TOO_EARLY.code();
  }
}
