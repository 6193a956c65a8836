package dev.weir.space.change;

import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.outbox.StatePublisher;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Records a change in the transaction that makes it: history, evidence leaf and the snapshot that
 * enforcement points follow commit together or not at all. Thread-safe.
 */
public final class ChangeLog {
  private final StatePublisher publisher;
  private final EvidenceLog evidence;
  private final PostgresHistory history;
  private final String bundleVersion;

  public ChangeLog(
      StatePublisher publisher,
      EvidenceLog evidence,
      PostgresHistory history,
      String bundleVersion) {
    this.publisher = publisher;
    this.evidence = evidence;
    this.history = history;
    this.bundleVersion = bundleVersion;
  }

  /**
   * @param by whose change it is; the service's own hand when a clock made it
   */
  public void record(Handle handle, Hand by, Change change) {
    change
        .snapshot()
        .ifPresent(state ->
            publisher.publish(
                handle,
                change.thing().kind(),
                change.thing().topic(),
                change.id(),
                change.version(),
                by.at(),
                state));
    evidence.append(handle, leaf(by, change), change.readers());
    history.add(handle, by, change);
  }

  private EvidenceRecord leaf(Hand by, Change change) {
    var figures = new TreeMap<>(change.figures());
    figures.put("version", Long.toString(change.version()));
    figures.put("step", change.step());
    var leaf =
        EvidenceRecord.of(
            change.thing().evidence(),
            by.at(),
            by.party(),
            by.subject(),
            change.operation(),
            change.id(),
            bundleVersion,
            figures);
    return change.thing() == Change.Thing.CONTRACT ? ofContract(leaf) : leaf;
  }

  private static EvidenceRecord ofContract(EvidenceRecord leaf) {
    return new EvidenceRecord(
        leaf.v(),
        leaf.id(),
        leaf.kind(),
        leaf.time(),
        leaf.party(),
        leaf.actor(),
        leaf.operation(),
        leaf.object(),
        Optional.of(leaf.object()),
        leaf.decision(),
        leaf.rule(),
        leaf.bundle(),
        leaf.figures());
  }
}
