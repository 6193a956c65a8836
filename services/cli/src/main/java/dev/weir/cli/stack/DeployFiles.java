package dev.weir.cli.stack;

import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.kafka.TopicDefinition;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The files below {@code deploy/} that follow from the catalogue and from the services' keys. */
final class DeployFiles {
  private static final String SCRIPT_HEAD =
      """
      #!/usr/bin/env bash
      # Made by `weir deploy-files` from schemas/registry/topics.json; change it there.
      # Creates the topics with fixed names and every access rule on a cluster whose authorizer
      # denies the rest, and raises the limits of topics that are there already. BOOTSTRAP: servers; ADMIN: client properties of an administrator.
      set -euo pipefail
      : "${BOOTSTRAP:?}" "${ADMIN:?}" "${REPLICAS:=3}" "${KAFKA:=/opt/kafka}"
      topic() { "$KAFKA/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --create --if-not-exists --replication-factor "$REPLICAS" "$@"; }
      configs() { "$KAFKA/bin/kafka-configs.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --entity-type topics "$@"; }
      # Raises, never lowers: a limit that is as large already, the topic's own or the broker's, stays.
      limit() {
        local now
        now="$(configs --entity-name "$1" --describe --all | sed -n 's/^ *max\\.message\\.bytes=\\([0-9]*\\).*/\\1/p')"
        if [ "${now:-0}" -lt "$2" ]; then configs --entity-name "$1" --alter --add-config "max.message.bytes=$2"; fi
      }
      # An older version's topics; the changelogs that stream processors make begin with their service.
      limits() { "$KAFKA/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --list | { grep "^$1" || true; } | while read -r name; do limit "$name" "$2" < /dev/null; done; }
      # What others write: the limit holds for what readers unpack, in topics of older versions too.
      compression() { configs --entity-name "$1" --alter --add-config "compression.type=$2"; }
      allow() { "$KAFKA/bin/kafka-acls.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --force "$@"; }

      """;

  private DeployFiles() {}

  /** File content by path below {@code deploy/}. */
  static Map<String, String> render() {
    var catalogue = TopicCatalogue.load();
    var files = new TreeMap<String, String>();
    files.put("kafka/topics.yaml", catalogue.toYaml());
    files.put("kafka/apply.sh", script(catalogue));
    var configurations = new ServiceConfigurations(inContainers());
    files.put("config/init.yaml", configurations.init());
    configurations.render().forEach((part, yaml) -> files.put("config/" + part + ".yaml", yaml));
    return files;
  }

  /** The names that {@code deploy/compose.yaml} gives its parts. */
  private static Places inContainers() {
    var ports = new TreeMap<String, Integer>();
    for (Service service : Service.values()) {
      ports.put(service.id(), 8080);
      ports.put(StackPorts.admin(service), 8081);
    }
    ports.put(StackPorts.WITNESS, 8090);
    return new Places(
        "0.0.0.0",
        ports,
        "postgres:5432",
        Map.of(
            Service.LEADER, "http://leader:8080/dap/", Service.HELPER, "http://helper:8080/dap/"),
        "kafka:9092",
        "http://space:8080",
        "http://witness:8090",
        "http://keycloak:8080/realms/weir",
        "http://keycloak:8080/realms/weir/protocol/openid-connect/certs",
        "/run/secrets/kafka-trusted.pem",
        Path.of("/var/lib/weir"),
        Path.of("/run/secrets"));
  }

  private static String script(TopicCatalogue catalogue) {
    String topics =
        catalogue.topics().stream()
            .filter(topic -> !topic.isPattern())
            .map(DeployFiles::topic)
            .collect(Collectors.joining());
    String limits =
        catalogue.topics().stream().map(DeployFiles::limit).collect(Collectors.joining());
    String compressions =
        catalogue.topics().stream().map(DeployFiles::compression).collect(Collectors.joining());
    return SCRIPT_HEAD
        + topics
        + "\n"
        + limits
        + "\n"
        + compressions
        + "\n"
        + rules(catalogue.aclBindings());
  }

  private static String compression(TopicDefinition topic) {
    return topic
        .compression()
        .map(type -> "compression %s %s%n".formatted(topic.name(), type))
        .orElse("");
  }

  private static String topic(TopicDefinition topic) {
    long retentionMillis = topic.retentionDays() < 0 ? -1 : topic.retentionDays() * 86_400_000L;
    return "topic --topic %s --partitions %d --config cleanup.policy=%s --config retention.ms=%d%n"
        .formatted(topic.name(), topic.partitions(), topic.cleanup().name(), retentionMillis);
  }

  /** Empty for topics that have messages as short as anybody's. */
  private static String limit(TopicDefinition topic) {
    String prefix = topic.name().replaceAll("<id>$", "");
    return topic.maxMessageBytes().isEmpty()
        ? ""
        : "%s %s %d%n"
            .formatted(
                topic.isPattern() ? "limits" : "limit", prefix, topic.maxMessageBytes().getAsInt());
  }

  /** One command for all that a principal may do alike, for each command starts a JVM. */
  private static String rules(Collection<AclBinding> bindings) {
    var operations = new LinkedHashMap<Place, Set<String>>();
    for (AclBinding rule : bindings) {
      operations
          .computeIfAbsent(
              new Place(rule.entry().principal(), rule.pattern()), place -> new TreeSet<>())
          .add(SecurityUtils.operationName(rule.entry().operation()));
    }
    var resources = new TreeMap<String, StringBuilder>();
    operations.forEach((place, may) -> {
      String head =
          "allow --allow-principal %s%s%s"
              .formatted(
                  place.principal(),
                  may.stream().map(" --operation "::concat).collect(Collectors.joining()),
                  place.pattern().patternType() == PatternType.PREFIXED
                      ? " --resource-pattern-type prefixed"
                      : "");
      resources
          .computeIfAbsent(head, line -> new StringBuilder())
          .append(resource(place.pattern().resourceType(), place.pattern().name()));
    });
    return resources.entrySet().stream()
        .map(line -> line.getKey() + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private record Place(String principal, ResourcePattern pattern) {}

  private static String resource(ResourceType type, String name) {
    return switch (type) {
      case TOPIC -> " --topic " + name;
      case GROUP -> " --group " + name;
      case TRANSACTIONAL_ID -> " --transactional-id " + name;
      case CLUSTER -> " --cluster";
      case UNKNOWN, ANY, DELEGATION_TOKEN, USER ->
          throw new IllegalArgumentException("the catalogue has no rules for " + type);
    };
  }
}
