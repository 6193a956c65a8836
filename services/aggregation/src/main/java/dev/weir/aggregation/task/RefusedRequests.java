package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Leaves of requests that were refused before anything was made of them: set-ups, and what asks for
 * a collection but is none. Whoever asks can do so without end, so that {@link RefusalLimit} bounds
 * them. Thread-safe.
 */
public final class RefusedRequests {
  private static final String RULE = "rule";

  private final Database database;
  private final EvidenceLog log;
  private final Author author;
  private final InstantSource clock;
  private final RefusalLimit limit;

  /**
   * Who refuses.
   *
   * @param service the aggregator's name
   * @param bundle version of its policy bundle
   */
  public record Author(String service, String bundle) {}

  public RefusedRequests(Database database, EvidenceLog log, Author author, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.author = author;
    this.clock = clock;
    this.limit = new RefusalLimit(clock);
  }

  /**
   * Does what is asked of a known task; a refusal leaves its leaf.
   *
   * @param request as it came
   */
  public <T> T of(
      Caller caller, Operation operation, AggregationTask task, byte[] request, Supplier<T> work) {
    var terms = task.terms();
    var about =
        new About(
            operation,
            task.id(),
            Optional.of(terms.contractId().toString()),
            Bytes.copyOf(request).sha256(),
            List.of(terms.leader(), terms.helper()));
    return noted(caller, about, work);
  }

  /** Sets a task up; a refusal leaves its leaf, unless the document names no task. */
  public <T> T ofSetUp(Caller caller, TaskDocument document, Supplier<T> work) {
    var id = document.id();
    if (id.isEmpty()) {
      return work.get();
    }
    var about =
        new About(
            Operation.AGGREGATION_TASK_SET_UP,
            id.get(),
            Optional.empty(), // nobody has looked yet whether it is the caller's
            document.terms().sha256(),
            List.of());
    return noted(caller, about, work);
  }

  /**
   * @param request digest of what was asked; of nothing secret
   * @param readers who may read the leaf, beside the caller's party
   */
  private record About(
      Operation operation,
      TaskId task,
      Optional<String> contract,
      Bytes request,
      List<CreditCode> readers) {}

  private <T> T noted(Caller caller, About about, Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException problem) {
      if (isRefusal(problem.type())) {
        leave(caller, about, problem);
      }
      throw problem;
    }
  }

  /** Not "come again": nothing was decided then. */
  private static boolean isRefusal(ProblemType type) {
    return type != ProblemType.UNAVAILABLE;
  }

  private void leave(Caller caller, About about, ProblemException problem) {
    String rule =
        problem.extensions().get(RULE) instanceof String named ? named : problem.type().slug();
    var what =
        new WireWriter()
            .u8(about.operation.ordinal())
            .message(about.task)
            .raw(about.request)
            .raw(Bytes.owning(rule.getBytes(StandardCharsets.UTF_8)))
            .toBytes();
    if (!limit.admits(caller.party(), what.sha256())) {
      return;
    }
    var figures = new TreeMap<String, String>();
    figures.put("taskId", about.task.toString());
    figures.put("requestSha256", about.request.hex());
    figures.put("askedBy", caller.subject());
    var leaf =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            LeafId.random(),
            EvidenceKind.DECISION,
            clock.instant(),
            caller.party(),
            author.service,
            about.operation,
            about.task.toString(),
            about.contract,
            Optional.of("deny"),
            Optional.of(rule),
            author.bundle,
            figures);
    database.asService("request.refused", handle -> log.append(handle, leaf, about.readers));
  }
}
