package dev.weir.audit.verify;

import dev.weir.audit.verify.Finding.Rule;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Follows the privacy budget from caps to spends. Caps come from the leaves of approved caps
 * ({@code capNanoRho}), allotments from the leaf that concluded a contract ({@code
 * allotment.<lineage>.nanoRho}), spends from SPEND leaves ({@code nanoRho.<lineage>}); δ likewise.
 * A contract never spends more than its allotment; the allotments of a lineage never exceed its
 * cap, where a contract that ended holds no more than it spent.
 */
final class BudgetCheck {
  private static final String ALLOTMENT = "allotment.";
  private static final Map<String, String> CAPS =
      Map.of("nanoRho", "capNanoRho", "picoDelta", "capPicoDelta");

  private final Map<Account, Long> allotted = new HashMap<>();
  private final TreeMap<Account, List<Spent>> spends = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();

  /** A contract's budget in one unit from one lineage. */
  private record Account(String contract, String unit, String lineage)
      implements Comparable<Account> {
    @Override
    public int compareTo(Account other) {
      return (contract + unit + lineage).compareTo(other.contract + other.unit + other.lineage);
    }
  }

  private record Place(long index, String leafId, String file) {}

  private record Spent(Place place, long amount) {}

  /** What moves the sum of a lineage's allotments, in the order of the log. */
  private sealed interface Step {
    record Cap(String unit, String lineage, long cap) implements Step {}

    record Concluded(Place place, Account account, long amount) implements Step {}

    record Ended(String contract) implements Step {}
  }

  void add(long index, EvidenceRecord leaf, String file) {
    var place = new Place(index, leaf.id().toString(), file);
    if (leaf.kind() == EvidenceKind.ADMINISTRATION && step(leaf).equals("cap-approved")) {
      CAPS.forEach(
          (unit, figure) -> steps.add(new Step.Cap(unit, leaf.object(), number(leaf, figure))));
    }
    leaf.contractId().ifPresent(contract -> add(place, contract, leaf));
  }

  private void add(Place place, String contract, EvidenceRecord leaf) {
    if (leaf.kind() == EvidenceKind.CONTRACT && step(leaf).equals("concluded")) {
      leaf.figures().keySet().stream()
          .filter(name -> name.startsWith(ALLOTMENT))
          .forEach(name -> conclude(place, contract, name, number(leaf, name)));
    } else if (leaf.kind() == EvidenceKind.CONTRACT && leaf.figures().containsKey("cause")) {
      steps.add(new Step.Ended(contract));
    } else if (leaf.kind() == EvidenceKind.SPEND) {
      leaf.figures().keySet().stream()
          .filter(name -> CAPS.keySet().stream().anyMatch(unit -> name.startsWith(unit + ".")))
          .forEach(name -> spend(place, contract, name, number(leaf, name)));
    }
  }

  private void conclude(Place place, String contract, String figure, long amount) {
    int dot = figure.lastIndexOf('.');
    if (dot <= ALLOTMENT.length()) {
      throw new NumberFormatException(figure);
    }
    var lineage = figure.substring(ALLOTMENT.length(), dot);
    var account = new Account(contract, figure.substring(dot + 1), lineage);
    if (allotted.putIfAbsent(account, amount) == null) {
      steps.add(new Step.Concluded(place, account, amount));
    }
  }

  private void spend(Place place, String contract, String figure, long amount) {
    int dot = figure.indexOf('.');
    var account = new Account(contract, figure.substring(0, dot), figure.substring(dot + 1));
    spends.computeIfAbsent(account, unseen -> new ArrayList<>()).add(new Spent(place, amount));
  }

  /**
   * Finds each contract and lineage that overspent, at the leaf with which it did, and each
   * conclusion that passed a lineage's cap.
   *
   * @param unchecked takes the contracts whose allotment or cap is in no leaf
   */
  void finish(Export export, SortedSet<String> unchecked) {
    spends.forEach((account, spent) -> {
      var limit = allotted.get(account);
      if (limit != null) {
        overspent(export, spent, limit);
      } else if (spent.stream().anyMatch(one -> one.amount() != 0)) {
        unchecked.add(account.contract());
      }
    });
    caps(export, unchecked);
  }

  private static void overspent(Export export, List<Spent> spent, long limit) {
    long sum = 0;
    for (var one : spent) {
      sum = Math.addExact(sum, one.amount());
      if (sum > limit || one.amount() < 0) {
        find(export, Rule.BUDGET, one.place());
        return;
      }
    }
  }

  private void caps(Export export, SortedSet<String> unchecked) {
    var caps = new HashMap<String, Long>();
    var held = new HashMap<Account, Long>();
    for (var step : steps) {
      switch (step) {
        case Step.Cap cap -> caps.merge(cap.unit() + cap.lineage(), cap.cap(), Math::max);
        case Step.Ended ended ->
            held.replaceAll((account, amount) ->
                account.contract().equals(ended.contract()) ? spentBy(account) : amount);
        case Step.Concluded concluded -> {
          var account = concluded.account();
          held.put(account, concluded.amount());
          var cap = caps.get(account.unit() + account.lineage());
          if (cap == null && concluded.amount() != 0) {
            unchecked.add(account.contract());
          } else if (cap != null && (concluded.amount() < 0 || sum(held, account) > cap)) {
            find(export, Rule.CAP, concluded.place());
          }
        }
      }
    }
  }

  private long spentBy(Account account) {
    return spends.getOrDefault(account, List.of()).stream()
        .mapToLong(Spent::amount)
        .reduce(0, Math::addExact);
  }

  private static long sum(Map<Account, Long> held, Account like) {
    return held.entrySet().stream()
        .filter(entry -> entry.getKey().unit().equals(like.unit()))
        .filter(entry -> entry.getKey().lineage().equals(like.lineage()))
        .mapToLong(Map.Entry::getValue)
        .reduce(0, Math::addExact);
  }

  private static void find(Export export, Rule rule, Place place) {
    export.find(rule, place.index(), place.leafId(), place.file());
  }

  private static String step(EvidenceRecord leaf) {
    return leaf.figures().getOrDefault("step", "");
  }

  private static long number(EvidenceRecord leaf, String figure) {
    return Long.parseLong(leaf.figures().getOrDefault(figure, ""));
  }
}
