package dev.weir.audit.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.json.Json;
import dev.weir.schemas.avro.EvidenceEntry;
import java.io.IOException;
import java.util.Arrays;

/** Reads what arrives on {@code audit.evidence}. Thread-safe. */
public final class LeafDecoder {
  private final ObjectMapper json = Json.mapper();

  /**
   * @throws IllegalArgumentException with a publishable reason when the message is no leaf
   */
  public Leaf decode(Object message) {
    if (!(message instanceof EvidenceEntry entry)) {
      throw new IllegalArgumentException("not-an-entry");
    }
    var body = new byte[entry.getBody().remaining()];
    entry.getBody().duplicate().get(body);
    if (body.length == 0 || body.length > EvidenceRecord.MAX_LEAF_BYTES) {
      throw new IllegalArgumentException("length");
    }
    try {
      var record = Json.read(body, EvidenceRecord.class);
      if (!record.id().toString().equals(entry.getLeafId())) {
        throw new IllegalArgumentException("leaf-id");
      }
      if (record.v() != EvidenceRecord.VERSION || !Arrays.equals(body, Json.canonical(record))) {
        throw new IllegalArgumentException("not-canonical");
      }
      record.contractId().ifPresent(dev.weir.kernel.ContractId::of);
      var readers = entry.getParties().stream().map(CreditCode::of).toList();
      return new Leaf(entry.getSource(), readers, record, LeafBytes.of(body));
    } catch (IOException | ProblemException e) {
      throw new IllegalArgumentException("unreadable", e);
    }
  }
}
