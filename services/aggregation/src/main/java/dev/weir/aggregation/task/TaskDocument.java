package dev.weir.aggregation.task;

import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.util.Optional;

/**
 * What an operator sets a task up with; the same at both, and handed between them in secret.
 *
 * @param configuration DAP's, in base64url
 * @param verifyKeySeed 32 bytes in base64url; secret
 */
public record TaskDocument(String configuration, TaskTerms terms, String verifyKeySeed) {
  /**
   * @throws dev.weir.kernel.ProblemException that names what is wrong with it
   */
  public AggregationTask task() {
    var read = WireReader.whole(Base64Url.decode(configuration), TaskConfiguration::read);
    TaskRules.checkNew(read);
    return AggregationTask.of(read, terms, seed());
  }

  /** The task's, where the configuration is one; whether its rules hold, {@link #task} says. */
  Optional<TaskId> id() {
    try {
      var read = WireReader.whole(Base64Url.decode(configuration), TaskConfiguration::read);
      return Optional.of(Task.of(read).id());
    } catch (ProblemException malformed) {
      return Optional.empty();
    }
  }

  Bytes seed() {
    return Base64Url.decode(verifyKeySeed);
  }

  /** Leaves the seed out. */
  @Override
  public String toString() {
    return "TaskDocument[" + terms.title().en() + "]";
  }
}
