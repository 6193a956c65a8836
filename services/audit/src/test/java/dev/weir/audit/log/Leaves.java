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

  /** The first approves a cap, the fourth concludes; every fifth a spend or a reading. */
  public static Leaf number(int number) {
    if (number == 0) {
      return cap(number, "1000000");
    }
    if (number == 3) {
      return concluded(number, "1000000");
    }
    return switch (number % 5) {
      case 1 -> leaf(number, EvidenceKind.SPEND, Map.of("nanoRho." + LINEAGE, "10"));
      case 2 -> metered(number, number / 5, "125");
      default -> leaf(number, EvidenceKind.DECISION, Map.of("count", Integer.toString(number)));
    };
  }

  public static Leaf cap(int number, String nanoRho) {
    return leaf(
        number,
        EvidenceKind.ADMINISTRATION,
        LINEAGE,
        Optional.empty(),
        Map.of("step", "cap-approved", "capNanoRho", nanoRho, "capPicoDelta", "0"));
  }

  /** The contract at 124 fen a call and 1 fen for each ρ begun. */
  public static Leaf concluded(int number, String nanoRho) {
    return leaf(
        number,
        EvidenceKind.CONTRACT,
        Map.of(
            "step",
            "concluded",
            "allotment." + LINEAGE + ".nanoRho",
            nanoRho,
            "allotment." + LINEAGE + ".picoDelta",
            "0",
            "price.perCallFen",
            "124",
            "price.perRhoFen",
            "1",
            "price.freeCalls",
            "0",
            "price.ceilingFen",
            "100000000"));
  }

  public static Leaf metered(int number, int earlierCalls, String fen) {
    return leaf(
        number,
        EvidenceKind.METER,
        Map.of(
            "products", "00000000-0000-4000-8000-00000000000b",
            "earlierCalls", Integer.toString(earlierCalls),
            "calls", "1",
            "freeCalls", "0",
            "nanoRho", "10",
            "fen", fen));
  }

  public static Leaf leaf(int number, EvidenceKind kind, Map<String, String> figures) {
    return leaf(number, kind, "object-" + number, Optional.of(CONTRACT.toString()), figures);
  }

  /** The same figures, of another contract. */
  public static Leaf ofContract(int number, ContractId contract, Leaf like) {
    return leaf(
        number,
        like.record().kind(),
        "object-" + number,
        Optional.of(contract.toString()),
        like.record().figures());
  }

  private static Leaf leaf(
      int number,
      EvidenceKind kind,
      String object,
      Optional<String> contract,
      Map<String, String> figures) {
    var record =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            new LeafId(new UUID(0x4000L, 0x8000000000000000L + number)),
            kind,
            START.plusSeconds(number),
            PARTY,
            "subject",
            Operation.QUERY_RUN,
            object,
            contract,
            Optional.empty(),
            Optional.empty(),
            "bundle-1",
            new TreeMap<>(figures));
    return new Leaf("test", List.of(PARTY), record, LeafBytes.of(Json.canonical(record)));
  }
}
