package dev.weir.acceptance.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.TopicCommand;

/** Kafka's own commands, run in this JVM. */
final class KafkaCommand {
  private static final int AT_ONCE = 8; // each mostly waits for the broker

  private KafkaCommand() {}

  /**
   * Runs commands that do not build on each other.
   *
   * @param lines each a command's name and what it is asked
   * @throws java.util.concurrent.ExecutionException when one ends with a status other than 0
   */
  static void run(List<List<String>> lines) throws Exception {
    Exit.setExitProcedure((status, message) -> {
      if (status != 0) {
        throw new IllegalStateException("status " + status + ": " + message);
      }
    });
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var running = new ArrayList<Future<?>>();
      lines.forEach(line ->
          running.add(threads.submit(() -> run(line.getFirst(), line.subList(1, line.size())))));
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      Exit.resetExitProcedure();
    }
  }

  private static void run(String command, List<String> asked) {
    var arguments = asked.toArray(String[]::new);
    switch (command) {
      case "kafka-topics" -> TopicCommand.main(arguments);
      case "kafka-acls" -> AclCommand.main(arguments);
      default -> throw new IllegalArgumentException("no such command: " + command);
    }
  }
}
