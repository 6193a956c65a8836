package dev.weir.space.change;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change of one thing of the control plane, ready to be recorded. Immutable.
 *
 * @param thing what changed
 * @param id its id: a UUID, or the credit code of a participant
 * @param version its version after the change
 * @param operation what was done
 * @param step the change in one word, for the history: {@code submitted}, {@code signed}
 * @param figures what the evidence leaf says beyond the ids; decimal integers, digests or ids
 * @param readers who may read the leaf besides the auditor
 * @param snapshot the state as the enforcement points know it; empty for what they do not follow
 * @param document the whole thing as stored, for the history
 */
public record Change(
    Thing thing,
    String id,
    long version,
    Operation operation,
    String step,
    Map<String, String> figures,
    List<CreditCode> readers,
    Optional<Object> snapshot,
    Object document) {
  public Change {
    figures = Map.copyOf(figures);
    readers = readers.stream().distinct().sorted().toList();
  }

  /** A kind of thing, its topic and the kind of its leaves. */
  public enum Thing {
    PARTICIPANT("participant", "space.participants", EvidenceKind.PARTICIPANT),
    DOMAIN("domain", "space.domains", EvidenceKind.DOMAIN),
    RESOURCE("resource", "space.resources", EvidenceKind.RESOURCE),
    PRODUCT("product", "space.products", EvidenceKind.PRODUCT),
    CONTRACT("contract", "space.contracts", EvidenceKind.CONTRACT),
    LINEAGE("lineage", "", EvidenceKind.ADMINISTRATION),
    PROHIBITION("prohibition", "", EvidenceKind.ADMINISTRATION);

    private final String kind;
    private final String topic;
    private final EvidenceKind evidence;

    Thing(String kind, String topic, EvidenceKind evidence) {
      this.kind = kind;
      this.topic = topic;
      this.evidence = evidence;
    }

    public String kind() {
      return kind;
    }

    public String topic() {
      return topic;
    }

    public EvidenceKind evidence() {
      return evidence;
    }
  }
}
