package dev.weir.cli.stack;

import java.util.Map;

/** What one service is told beyond what all are told. */
final class ServiceExtras {

  private ServiceExtras() {}

  static Map<String, Object> of(Service service, StackState state, StackPorts ports) {
    return switch (service) {
      case SPACE, AUDIT, INTAKE, QUERY -> Map.of();
    };
  }
}
