package dev.weir.query.plan.check;

import dev.weir.query.plan.render.Cohorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Audits sums and counts of any number of answers together. Whatever is computed from them by
 * adding, subtracting and scaling is a vector in the span of the cohorts' indicators; the records
 * in which it is not zero are the ones it tells about, and they must not be fewer than the minimum
 * group. The number of all records is taken as known.
 *
 * <p>A sum of an argument over several columns is taken to tell the sum of each: then a vector over
 * records and columns tells about few records only if, in some column, one over records does.
 */
final class Span {
  private final Cells cells;

  Span(Cells cells) {
    this.cells = cells;
  }

  /**
   * Whether no computation over the answers tells about fewer records than the minimum group. One
   * that comes to nothing tells about none, and passes only if it would with any records.
   *
   * @throws Effort.Exceeded when it cannot be told
   */
  boolean holds(int minGroup, PrimeField field, Effort effort) {
    Set<String> abouts = new LinkedHashSet<>();
    for (int cohort = 0; cohort < cells.cohorts(); cohort++) {
      abouts.add(cells.cohort(cohort).about());
    }
    for (String about : abouts) {
      if (tellsFew(about, minGroup, field, effort)) {
        return false;
      }
    }
    return true;
  }

  private boolean tellsFew(String about, int minGroup, PrimeField field, Effort effort) {
    Map<List<Integer>, Long> atoms = atoms(about);
    var weights = new long[atoms.size()];
    Map<Integer, List<Integer>> members = new HashMap<>();
    int atom = 0;
    for (var entry : atoms.entrySet()) {
      weights[atom] = entry.getValue();
      for (int cohort : entry.getKey()) {
        members.computeIfAbsent(cohort, c -> new ArrayList<>()).add(atom);
      }
      atom++;
    }
    if (about.equals(Cohorts.ROWS)) {
      members.put(
          Coincidences.EVERYTHING, java.util.stream.IntStream.range(0, atom).boxed().toList());
    }
    if (minGroup > 1 && new Coincidences(cells, field, effort).any(members, atom)) {
      return true;
    }
    List<SparseVector> told =
        members.values().stream()
            .distinct()
            .map(columns ->
                SparseVector.indicator(columns.stream().mapToInt(Integer::intValue).toArray()))
            .toList();
    return new SmallSupport(weights, minGroup, field, effort).in(told);
  }

  /** Records by the cohorts of one kind that they are in. */
  private Map<List<Integer>, Long> atoms(String about) {
    var atoms = new LinkedHashMap<List<Integer>, Long>();
    for (Cells.Cell cell : cells.all()) {
      List<Integer> kin =
          cell.cohorts().stream()
              .filter(number -> cells.cohort(number).about().equals(about))
              .toList();
      atoms.merge(kin, cell.records(), Long::sum);
    }
    return atoms;
  }
}
