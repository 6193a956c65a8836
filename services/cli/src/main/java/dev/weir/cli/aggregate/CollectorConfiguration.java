package dev.weir.cli.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.task.BatchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a collector's process is told at start, beside nothing else: it has no broker login and no
 * database.
 *
 * @param role {@code COLLECTOR}; leader and helper are services with configurations of their own
 * @param profile the account that asks; names the addresses of leader and control plane
 * @param key the private key that opens shares; only its owner may read it
 * @param directory requests, answers and results; only its owner may open it
 * @param every how long it rests between rounds
 * @param tasks what it collects
 */
record CollectorConfiguration(
    Role role, Path profile, Path key, Path directory, Duration every, List<Plan> tasks) {
  CollectorConfiguration {
    tasks = List.copyOf(tasks);
    if (every.isNegative() || tasks.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "every 不得为负，tasks 至少有一项",
          "every is not negative, and tasks has at least one");
    }
  }

  /** The roles of aggregation; a process plays one. */
  enum Role {
    COLLECTOR
  }

  /**
   * One task to collect.
   *
   * @param file as {@code weir aggregate task show} prints it
   * @param from where the first batch of a time-interval task begins
   * @param units of the task's precision in each batch; 0 for a leader-selected task
   * @param after how long it waits for reports that come late, once the time of a batch and the
   *     task's clock skew are over; at most a year
   */
  record Plan(Path file, Instant from, long units, Duration after) {
    private static final Duration LONGEST = Duration.ofDays(366);

    Plan {
      if (after.isNegative() || after.compareTo(LONGEST) > 0) {
        throw new CommandFault(
            ExitCode.USAGE,
            "after 须在 PT0S 与 P366D 之间：" + file,
            "after is between PT0S and P366D: " + file);
      }
    }

    /**
     * @throws CommandFault when the task has other batches than these
     */
    void require(PublicTask task) {
      boolean byInterval = task.task().configuration().batchMode() == BatchMode.TIME_INTERVAL;
      if (byInterval ? units < 1 : units != 0) {
        throw new CommandFault(
            ExitCode.USAGE,
            "units：按时段收集的任务须至少为 1，由主聚合方选定批次的任务须为 0：" + file,
            "units: at least 1 for a task by intervals, 0 for a leader-selected one: " + file);
      }
    }
  }

  /**
   * @throws IOException when the file cannot be read
   * @throws CommandFault when it lacks a key, has one that nobody knows, or a value that cannot be;
   *     names key and line
   */
  static CollectorConfiguration read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return mapper().readValue(bytes, CollectorConfiguration.class);
    } catch (JsonProcessingException mistake) {
      throw ConfigurationFault.of(file, mistake);
    }
  }

  private static YAMLMapper mapper() {
    return YAMLMapper.builder()
        .addModules(new ParameterNamesModule(), new JavaTimeModule())
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .build();
  }
}
