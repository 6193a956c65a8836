package dev.weir.audit.log;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Leaves for tests, deterministic by number. */
public final class Leaves {
  public static final CreditCode PARTY = party("91330100MA27X5QK1");
  public static final ContractId CONTRACT = ContractId.of("00000000-0000-4000-8000-00000000c0de");
  public static final String LINEAGE = "00000000-0000-4000-8000-00000000abcd";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Leaves() {}

  public static CreditCode party(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  /** Every fifth a spend, every fifth a reading, the first the allotment; else decisions. */
  public static Leaf number(int number) {
    if (number == 0) {
      return leaf(number, EvidenceKind.CONTRACT, Map.of("allotted.nanoRho." + LINEAGE, "1000000"));
    }
    return switch (number % 5) {
      case 1 -> leaf(number, EvidenceKind.SPEND, Map.of("nanoRho." + LINEAGE, "10"));
      case 2 ->
          leaf(number, EvidenceKind.METER, Map.of("calls", "1", "nanoRho", "10", "fen", "125"));
      default -> leaf(number, EvidenceKind.DECISION, Map.of("count", Integer.toString(number)));
    };
  }

  public static Leaf leaf(int number, EvidenceKind kind, Map<String, String> figures) {
    var record =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            new LeafId(new UUID(0x4000L, 0x8000000000000000L + number)),
            kind,
            START.plusSeconds(number),
            PARTY,
            "subject",
            Operation.QUERY_RUN,
            "object-" + number,
            Optional.of(CONTRACT.toString()),
            Optional.empty(),
            Optional.empty(),
            "bundle-1",
            new TreeMap<>(figures));
    return new Leaf("test", List.of(PARTY), record, LeafBytes.of(Json.canonical(record)));
  }
}
