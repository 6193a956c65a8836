package dev.weir.cli.stack;

import dev.weir.aggregation.AggregationApplication;
import dev.weir.audit.AuditApplication;
import dev.weir.intake.IntakeApplication;
import dev.weir.query.QueryApplication;
import dev.weir.runtime.http.RunningService;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.space.SpaceApplication;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Every service of the stack, in the order in which they start. */
public enum Service {
  /** First: it hosts the schema registry that the others ask. */
  SPACE(SpaceApplication::new),
  AUDIT(AuditApplication::new),
  INTAKE(IntakeApplication::new),
  QUERY(QueryApplication::new),
  LEADER(AggregationApplication::new),
  HELPER(AggregationApplication::new);

  private final Supplier<WeirApplication<?>> application;

  Service(Supplier<WeirApplication<?>> application) {
    this.application = application;
  }

  /** Its name in addresses, roles, topics and files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True for the two aggregators, each with a database that no other service can reach. */
  boolean isAggregator() {
    return this == LEADER || this == HELPER;
  }

  /** The database it keeps its rows in. */
  String database() {
    return isAggregator() ? Places.DATABASE + "_" + id() : Places.DATABASE;
  }

  /** The databases of all services by name, each with the services that may connect to it. */
  static Map<String, List<String>> databases() {
    var databases =
        Arrays.stream(values())
            .collect(
                Collectors.groupingBy(
                    Service::database,
                    () -> new TreeMap<String, List<String>>(),
                    Collectors.mapping(Service::id, Collectors.toUnmodifiableList())));
    databases.put(Custodian.DATABASE, List.of(Custodian.NAME));
    return databases;
  }

  /** Starts the service in this JVM and returns once it answers. */
  RunningService start(Path configuration) {
    return application.get().start(configuration);
  }
}
