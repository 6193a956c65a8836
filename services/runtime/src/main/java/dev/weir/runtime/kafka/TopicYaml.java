package dev.weir.runtime.kafka;

import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclBinding;

/**
 * The catalogue as YAML for an operator's own tools; names and numbers only, so nothing is escaped.
 */
final class TopicYaml {
  private TopicYaml() {}

  static String render(List<TopicDefinition> topics, List<AclBinding> bindings) {
    var yaml = new StringBuilder();
    yaml.append("# Made from schemas/registry/topics.json; change it there.\ntopics:\n");
    for (TopicDefinition topic : topics) {
      yaml.append("  - name: \"").append(topic.name()).append("\"\n");
      yaml.append("    owner: ").append(topic.owner()).append('\n');
      yaml.append("    partitions: ").append(topic.partitions()).append('\n');
      yaml.append("    config:\n");
      new TreeMap<>(TopicCatalogue.configs(topic))
          .forEach((k, v) -> yaml.append("      %s: \"%s\"%n".formatted(k, v)));
    }
    yaml.append("acls:\n");
    for (AclBinding binding : bindings) {
      yaml.append(
          "  - {principal: \"%s\", resource: %s, pattern: %s, name: \"%s\", operation: %s}%n"
              .formatted(
                  binding.entry().principal(),
                  binding.pattern().resourceType(),
                  binding.pattern().patternType(),
                  binding.pattern().name(),
                  binding.entry().operation()));
    }
    return yaml.toString();
  }
}
