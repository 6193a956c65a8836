package dev.weir.runtime.kafka;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of the topic catalogue.
 *
 * @param name a name, or a pattern with one {@code <id>} such as {@code resource.<id>.records}
 * @param owner the service that creates it and decides its schema
 * @param key what the key of a message is
 * @param value the Avro record, {@code by resource} where each resource has its own, or {@code
 *     internal} where a stream processor of the owner makes the topics for itself
 * @param partitions at least 1
 * @param retentionDays -1 for ever
 * @param cleanup delete or compact
 * @param maxMessageBytes where that is more than the broker takes otherwise, 1 MiB
 * @param compression how the broker keeps messages where not as they came; {@code uncompressed}
 *     where others write, so that its limit holds for what a reader unpacks
 * @param writers services that may write
 * @param readers services that may read
 * @param purpose for the operator
 */
public record TopicDefinition(
    String name,
    String owner,
    String key,
    String value,
    int partitions,
    int retentionDays,
    Cleanup cleanup,
    OptionalInt maxMessageBytes,
    Optional<String> compression,
    List<String> writers,
    List<String> readers,
    String purpose) {
  static final String ID = "<id>";

  public TopicDefinition {
    writers = List.copyOf(writers);
    readers = List.copyOf(readers);
    if (partitions < 1 || retentionDays == 0 || retentionDays < -1) {
      throw new IllegalArgumentException("topic " + name + " lacks partitions or retention");
    }
  }

  public boolean isPattern() {
    return name.contains(ID);
  }

  /** Whether a stream processor of the owner makes these topics for itself. */
  boolean isInternal() {
    return value.equals("internal");
  }

  /** Whether these topics keep the state stores of the owner's stream processors. */
  boolean isChangelog() {
    return value.equals("by store");
  }

  /** Text before the id; the whole name where there is none. */
  String prefix() {
    int at = name.indexOf(ID);
    return at < 0 ? name : name.substring(0, at);
  }

  boolean names(String topic) {
    if (!isPattern()) {
      return name.equals(topic);
    }
    String suffix = name.substring(name.indexOf(ID) + ID.length());
    return topic.length() > prefix().length() + suffix.length()
        && topic.startsWith(prefix())
        && topic.endsWith(suffix);
  }

  /** What happens to old messages. */
  public enum Cleanup {
    delete,
    compact
  }
}
