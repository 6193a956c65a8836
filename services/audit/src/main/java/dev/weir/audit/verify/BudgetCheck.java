package dev.weir.audit.verify;

import dev.weir.audit.verify.Finding.Rule;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds up what was spent by contract and lineage and compares it with what the contract was
 * allotted. The figures are {@code nanoRho.<lineage>} and {@code picoDelta.<lineage>} of SPEND
 * leaves, and the same behind {@code allotted.} in CONTRACT leaves.
 */
final class BudgetCheck {
  private static final String ALLOTTED = "allotted.";
  private static final List<String> UNITS = List.of("nanoRho.", "picoDelta.");

  private final Map<String, Long> allotted = new HashMap<>();
  private final TreeMap<String, List<Spent>> spends = new TreeMap<>();

  /** A spend of one contract, in one unit, from one lineage. */
  private record Spent(long index, String leafId, String file, String contract, long amount) {}

  void add(long index, EvidenceRecord leaf, String file) {
    if (leaf.contractId().isEmpty()) {
      return;
    }
    var contract = leaf.contractId().get();
    for (var figure : leaf.figures().entrySet()) {
      var name = figure.getKey();
      if (leaf.kind() == EvidenceKind.CONTRACT && name.startsWith(ALLOTTED)) {
        allotted.putIfAbsent(
            contract + " " + name.substring(ALLOTTED.length()), Long.parseLong(figure.getValue()));
      } else if (leaf.kind() == EvidenceKind.SPEND && UNITS.stream().anyMatch(name::startsWith)) {
        long amount = Long.parseLong(figure.getValue());
        spends
            .computeIfAbsent(contract + " " + name, unseen -> new ArrayList<>())
            .add(new Spent(index, leaf.id().toString(), file, contract, amount));
      }
    }
  }

  /**
   * Finds each contract and lineage that overspent, at the leaf with which it did.
   *
   * @return contracts that spent without an allotment leaf
   */
  List<String> finish(Export export) {
    var unchecked = new TreeSet<String>();
    spends.forEach((account, spent) -> {
      var limit = allotted.get(account);
      if (limit != null) {
        overspent(export, spent, limit);
      } else if (spent.stream().anyMatch(one -> one.amount() != 0)) {
        unchecked.add(spent.getFirst().contract());
      }
    });
    return List.copyOf(unchecked);
  }

  private static void overspent(Export export, List<Spent> spent, long limit) {
    long sum = 0;
    for (var one : spent) {
      sum = Math.addExact(sum, one.amount());
      if (sum > limit || one.amount() < 0) {
        export.find(Rule.BUDGET, one.index(), one.leafId(), one.file());
        return;
      }
    }
  }
}
