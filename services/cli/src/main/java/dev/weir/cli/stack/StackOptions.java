package dev.weir.cli.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * How a stack is started.
 *
 * @param separate every service in a process of its own
 * @param kafkaProcess the broker in a process of its own
 */
public record StackOptions(boolean separate, boolean kafkaProcess) {
  static final String SEPARATE = "--separate";
  static final String KAFKA_PROCESS = "--kafka-process";

  public static StackOptions allInOne() {
    return new StackOptions(false, false);
  }

  static StackOptions parse(List<String> arguments) {
    return new StackOptions(arguments.contains(SEPARATE), arguments.contains(KAFKA_PROCESS));
  }

  List<String> arguments() {
    var arguments = new ArrayList<String>();
    if (separate) {
      arguments.add(SEPARATE);
    }
    if (kafkaProcess) {
      arguments.add(KAFKA_PROCESS);
    }
    return arguments;
  }
}
