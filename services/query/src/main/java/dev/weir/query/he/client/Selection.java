package dev.weir.query.he.client;

import dev.weir.he.query.LinearScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which cells are summed, and how often each: what nobody else learns. Not changed once made; its
 * text form tells its size only.
 */
public final class Selection {
  private final int[] weights; // [cells], the last key running fastest

  private Selection(int[] weights) {
    this.weights = weights;
  }

  /**
   * All cells whose keys have one of the wanted values; a key that is not named may have any.
   *
   * @throws ClientRefusal when the cells have no such key or value
   */
  public static Selection where(Ticket ticket, Map<String, Set<String>> wanted) {
    wanted.keySet().forEach(column -> position(ticket, column));
    var chosen = new ArrayList<Set<Integer>>();
    for (Ticket.Key key : ticket.keys()) {
      chosen.add(indices(key, wanted.getOrDefault(key.column(), Set.copyOf(key.values()))));
    }
    return new Selection(
        IntStream.range(0, ticket.cells())
            .map(cell -> matches(ticket, chosen, cell) ? 1 : 0)
            .toArray());
  }

  /** One row of a table of weights: a value for each key, in the ticket's order. */
  public record Weighted(List<String> values, int weight) {
    public Weighted {
      values = List.copyOf(values);
    }
  }

  /**
   * Cells with weights; all others have none.
   *
   * @throws ClientRefusal when there is no such cell, or one is named twice
   */
  public static Selection weighted(Ticket ticket, List<Weighted> rows) {
    int[] weights = new int[ticket.cells()];
    var seen = new boolean[ticket.cells()];
    for (Weighted row : rows) {
      int cell = cell(ticket, row.values());
      if (seen[cell]) {
        throw new ClientRefusal("同一单元出现了两次", "a cell is named twice");
      }
      seen[cell] = true;
      weights[cell] = row.weight();
    }
    return new Selection(weights);
  }

  /** The weights of one value of a cell. */
  static Selection scored(Ticket ticket, LinearScore score, int value) {
    return new Selection(
        IntStream.range(0, ticket.cells())
            .map(cell -> Math.toIntExact(score.weight(value, cell)))
            .toArray());
  }

  public long weight(int cell) {
    return weights[cell];
  }

  /** The cells that count, in their order. */
  List<Integer> chosen() {
    return IntStream.range(0, weights.length).filter(cell -> weights[cell] != 0).boxed().toList();
  }

  /** Cells that count. */
  public int cells() {
    return (int) Arrays.stream(weights).filter(weight -> weight != 0).count();
  }

  /** Only how many cells there are, never which are selected. */
  @Override
  public String toString() {
    return "Selection[of " + weights.length + " cells]";
  }

  static int cell(Ticket ticket, List<String> values) {
    if (values.size() != ticket.keys().size()) {
      throw new ClientRefusal(
          "每行须为每个键各给一个值，再加权重", "a row has one value for each key, and a weight");
    }
    int cell = 0;
    for (int i = 0; i < values.size(); i++) {
      var key = ticket.keys().get(i);
      cell = cell * key.values().size() + index(key, values.get(i));
    }
    return cell;
  }

  private static boolean matches(Ticket ticket, List<Set<Integer>> chosen, int cell) {
    int rest = cell;
    for (int i = chosen.size() - 1; i >= 0; i--) {
      int size = ticket.keys().get(i).values().size();
      if (!chosen.get(i).contains(rest % size)) {
        return false;
      }
      rest /= size;
    }
    return true;
  }

  private static Set<Integer> indices(Ticket.Key key, Set<String> values) {
    return Set.copyOf(values.stream().map(value -> index(key, value)).toList());
  }

  private static int index(Ticket.Key key, String value) {
    int index = key.values().indexOf(value);
    if (index < 0) {
      throw new ClientRefusal(
          "键 " + key.column() + " 的声明值域中没有所给的某个值",
          "a value is not in the declared domain of " + key.column());
    }
    return index;
  }

  private static int position(Ticket ticket, String column) {
    for (int i = 0; i < ticket.keys().size(); i++) {
      if (ticket.keys().get(i).column().equals(column)) {
        return i;
      }
    }
    throw new ClientRefusal("单元没有名为 " + column + " 的键", "the cells have no key " + column);
  }
}
