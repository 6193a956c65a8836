package dev.weir.intake.run;

import dev.weir.intake.cleaning.QualityReport;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.RunId;
import dev.weir.runtime.http.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs as rows; who sees which is the transaction's matter. Thread-safe. */
public interface RunStore {

  /**
   * Adds the run, or answers with the one that the same provider made with the same key. Locks the
   * resource until the transaction ends.
   */
  Run add(Handle handle, Run run, String requestKey);

  /** The last sealed data version of the resource, 0 before the first. */
  long lastVersion(Handle handle, ResourceId resource);

  /** A run of the resource that is queued or running. */
  Optional<RunId> active(Handle handle, ResourceId resource);

  Optional<Run> byKey(Handle handle, dev.weir.kernel.CreditCode provider, String requestKey);

  Optional<Run> find(Handle handle, RunId id);

  /** Newest first. */
  List<Run> list(Handle handle, PageRequest page);

  /** Key of the page after this run. */
  String cursor(Handle handle, Run run);

  List<Run> unfinished(Handle handle);

  /** Marks a queued run as running and notes where it begins. */
  void begin(Handle handle, RunId id, List<Long> startOffsets, Instant at);

  /**
   * Notes progress.
   *
   * @return true when somebody asked to cancel
   */
  boolean progress(Handle handle, RunId id, long accepted, long rejected);

  /**
   * Seals a running run.
   *
   * @return false when it is no longer running
   */
  boolean seal(
      Handle handle,
      RunId id,
      List<Long> endOffsets,
      QualityReport quality,
      String sha256,
      Instant at);

  /** Ends a queued or running run without a version. */
  boolean end(
      Handle handle, RunId id, Run.Status status, String problem, String detail, Instant at);

  /** Asks a queued or running run to stop. */
  boolean requestCancel(Handle handle, RunId id);
}
