package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.CollectionDesk;
import dev.weir.aggregation.collect.CollectionId;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Optional;

/** Asks for one batch until there is an answer, and asks again for what was refused. Confined. */
final class PatientCollector {
  private final TaskId task;
  private final TimeInterval batch;
  private final CollectionJobReq request;
  private Optional<CollectionId> asked = Optional.empty();
  private Optional<CollectionJobResp> answer = Optional.empty();
  private int refusedAtDesk;

  PatientCollector(TaskId task, TimeInterval batch) {
    this.task = task;
    this.batch = batch;
    this.request = CollectionJobReq.of(new Query.OfInterval(batch));
  }

  TimeInterval batch() {
    return batch;
  }

  CollectionJobReq request() {
    return request;
  }

  /** Asks once more; says why not when that was refused. */
  Optional<ProblemType> ask(CollectionDesk desk) {
    try {
      var job = asked.isPresent() ? read(desk) : begin(desk);
      asked = Optional.of(job.id());
      answer = job.answer();
      return Optional.empty();
    } catch (ProblemException refused) {
      asked = Optional.empty();
      return Optional.of(refused.type());
    }
  }

  private CollectionDesk.Job read(CollectionDesk desk) {
    return desk.read(ReleaseProcess.collector(), task, asked.orElseThrow());
  }

  private CollectionDesk.Job begin(CollectionDesk desk) {
    try {
      return desk.begin(ReleaseProcess.collector(), task, request);
    } catch (ProblemException refused) {
      refusedAtDesk += leavesALeaf(refused.type()) ? 1 : 0;
      throw refused;
    }
  }

  private static boolean leavesALeaf(ProblemType refusal) {
    return refusal == ProblemType.DAP_BATCH_OVERLAP || refusal == ProblemType.DAP_BATCH_INVALID;
  }

  /** Under which name it was asked for last. */
  CollectionId name() {
    return asked.orElseThrow();
  }

  Optional<CollectionJobResp> answer() {
    return answer;
  }

  /** Times that no collection was made: another one has part of the batch, or it is to come. */
  int refusedAtDesk() {
    return refusedAtDesk;
  }
}
