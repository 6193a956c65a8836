package dev.weir.query.he.client;

import dev.weir.he.query.OneHotQuestion;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cells of a one-hot question and how often each counts, as its asker notes them to open the
 * reply. Immutable; its text form tells nothing.
 *
 * @param cells at most {@link OneHotQuestion#MAX_KEYS}
 * @param weights of each
 */
record FewCells(List<Integer> cells, List<Long> weights) {
  private static final int NONE = -1;
  private static final int BYTES = OneHotQuestion.MAX_KEYS * (Integer.BYTES + Long.BYTES);

  FewCells {
    cells = List.copyOf(cells);
    weights = List.copyOf(weights);
  }

  /**
   * @throws ClientRefusal when there are more than one question may be about
   */
  static FewCells of(Selection selection) {
    var cells = selection.chosen();
    if (cells.size() > OneHotQuestion.MAX_KEYS) {
      throw new ClientRefusal(
          "一次 one-hot 提问至多 " + OneHotQuestion.MAX_KEYS + " 个单元；更多时请用普通提问",
          "a one-hot question takes at most "
              + OneHotQuestion.MAX_KEYS
              + " cells; ask without it about more");
    }
    return new FewCells(cells, cells.stream().map(selection::weight).toList());
  }

  /** Of one length for any number of cells. */
  byte[] bytes() {
    var bytes = ByteBuffer.allocate(BYTES);
    for (int i = 0; i < OneHotQuestion.MAX_KEYS; i++) {
      boolean used = i < cells.size();
      bytes.putInt(used ? cells.get(i) : NONE).putLong(used ? weights.get(i) : 0);
    }
    return bytes.array();
  }

  /**
   * @param bytes as {@link #bytes} wrote them, and nobody else
   */
  static FewCells read(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var cells = new ArrayList<Integer>();
    var weights = new ArrayList<Long>();
    while (in.hasRemaining()) {
      int cell = in.getInt();
      long weight = in.getLong();
      if (cell != NONE) {
        cells.add(cell);
        weights.add(weight);
      }
    }
    return new FewCells(cells, weights);
  }

  /**
   * The weighted sum of each measure.
   *
   * @param values {@code [cells][measures]}
   */
  List<BigInteger> sums(int measures, List<List<BigInteger>> values) {
    return IntStream.range(0, measures)
        .mapToObj(measure ->
            IntStream.range(0, cells.size())
                .mapToObj(
                    i -> values.get(i).get(measure).multiply(BigInteger.valueOf(weights.get(i))))
                .reduce(BigInteger.ZERO, BigInteger::add))
        .toList();
  }

  @Override
  public String toString() {
    return "FewCells";
  }
}
