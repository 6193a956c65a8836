package dev.weir.benchmarks.core;

import dev.weir.benchmarks.terms.Contracts;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.json.Json;
import dev.weir.schemas.avro.EvidenceEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Evidence entries as the query service writes them for a decision. */
final class Entries {
  private Entries() {}

  static List<EvidenceEntry> make(int count) {
    return IntStream.range(0, count).mapToObj(Entries::one).toList();
  }

  private static EvidenceEntry one(int number) {
    var record =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            LeafId.random(),
            EvidenceKind.DECISION,
            Instant.EPOCH.plusSeconds(number),
            Contracts.USER,
            "builder-analyst",
            Operation.QUERY_RUN,
            "object-" + number,
            Optional.of(Contracts.CONTRACT.toString()),
            Optional.of("allow"),
            Optional.of("use-flights"),
            "benchmark",
            new TreeMap<>(Map.of("nanoRho", "1000", "number", Integer.toString(number))));
    return new EvidenceEntry(
        record.id().toString(),
        "query",
        List.of(Contracts.PROVIDER.value(), Contracts.USER.value()),
        ByteBuffer.wrap(Json.canonical(record)));
  }
}
