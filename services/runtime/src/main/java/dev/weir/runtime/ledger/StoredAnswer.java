package dev.weir.runtime.ledger;

import dev.weir.kernel.LineageId;
import dev.weir.kernel.QueryId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * An answer as it was released.
 *
 * @param requestId the request that was charged for it
 * @param answer the JSON that was stored
 * @param charges what it cost then
 */
public record StoredAnswer(
    QueryId requestId,
    String canonicalSha256,
    SortedMap<LineageId, Long> dataVersions,
    String answer,
    List<Charge> charges,
    Instant at) {
  public StoredAnswer {
    charges = List.copyOf(charges);
  }
}
