package dev.weir.runtime.evidence;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.schemas.avro.EvidenceEntry;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Sends leaves to the evidence log, in the transaction they attest: when it commits the leaf
 * follows, when it rolls back there is none. The log takes each leaf id once, however often it
 * arrives. Thread-safe.
 */
public final class EvidenceLog {
  public static final String TOPIC = "audit.evidence";

  private final Outbox outbox;
  private final String source;

  /**
   * @param source the service's name
   */
  public EvidenceLog(Outbox outbox, String source) {
    this.outbox = outbox;
    this.source = source;
  }

  /**
   * @param readers who may read the leaf, beside {@link EvidenceRecord#party()}
   * @throws IllegalArgumentException when its RFC 8785 bytes exceed {@link
   *     EvidenceRecord#MAX_LEAF_BYTES}
   */
  public LeafId append(Handle handle, EvidenceRecord record, CreditCode... readers) {
    return append(handle, record, List.of(readers));
  }

  /** As {@link #append(Handle, EvidenceRecord, CreditCode...)}. */
  public LeafId append(Handle handle, EvidenceRecord record, Collection<CreditCode> readers) {
    appendAll(handle, List.of(record), readers);
    return record.id();
  }

  /** Several leaves in their order, with the same readers, in one round trip. */
  public void appendAll(
      Handle handle, List<EvidenceRecord> records, Collection<CreditCode> readers) {
    outbox.publishAll(
        handle,
        TOPIC,
        records.stream()
            .map(record -> new Outbox.Message(record.id().toString(), entry(record, readers)))
            .toList());
  }

  private EvidenceEntry entry(EvidenceRecord record, Collection<CreditCode> readers) {
    byte[] body = Json.canonical(record);
    if (body.length > EvidenceRecord.MAX_LEAF_BYTES) {
      throw new IllegalArgumentException(
          "a leaf holds at most " + EvidenceRecord.MAX_LEAF_BYTES + " bytes");
    }
    var parties =
        Stream.concat(Stream.of(record.party()), readers.stream())
            .map(CreditCode::value)
            .distinct()
            .sorted()
            .toList();
    return new EvidenceEntry(record.id().toString(), source, parties, ByteBuffer.wrap(body));
  }
}
