package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A collected histogram beside the truth, drawn for a terminal. Immutable.
 *
 * @param noisy what the collector got
 * @param truth what the clinics measured
 * @param halfWidth95 of the noise of both aggregators together
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, never compared
record NoisyHistogram(List<BigInteger> noisy, long[] truth, long halfWidth95) {
  private static final int CELLS = 40;

  /** The farthest that a value is from the truth. */
  long farthest() {
    long farthest = 0;
    for (int i = 0; i < truth.length; i++) {
      farthest = Math.max(farthest, Math.abs(noisy.get(i).longValueExact() - truth[i]));
    }
    return farthest;
  }

  /** How many values have the truth within their error bar. */
  long within() {
    long within = 0;
    for (int i = 0; i < truth.length; i++) {
      within += Math.abs(noisy.get(i).longValueExact() - truth[i]) <= halfWidth95 ? 1 : 0;
    }
    return within;
  }

  /** One line a bucket: a bar, its error bar, and where the truth lies. */
  List<Bilingual> lines(Bilingual unit) {
    long most = halfWidth95 + 1;
    for (int i = 0; i < truth.length; i++) {
      most = Math.max(most, Math.max(truth[i], noisy.get(i).longValueExact() + halfWidth95));
    }
    var lines = new ArrayList<Bilingual>();
    for (int i = 0; i < truth.length; i++) {
      long value = noisy.get(i).longValueExact();
      String drawn = bar(value, truth[i], most);
      lines.add(
          new Bilingual(
              "%3d %s %s %5d ± %d  实际 %d"
                  .formatted(i + 1, unit.zh(), drawn, value, halfWidth95, truth[i]),
              "%3d %s %s %5d ± %d  true %d"
                  .formatted(i + 1, unit.en(), drawn, value, halfWidth95, truth[i])));
    }
    return lines;
  }

  private String bar(long value, long exact, long most) {
    int from = cell(value - halfWidth95, most);
    int to = cell(value + halfWidth95, most);
    int middle = cell(value, most);
    var bar = new StringBuilder();
    for (int cell = 0; cell <= CELLS; cell++) {
      if (cell == cell(exact, most)) {
        bar.append('◆');
      } else if (cell == from && from < middle) {
        bar.append('├');
      } else if (cell == to && to > middle) {
        bar.append('┤');
      } else if (cell > from && cell < to) {
        bar.append(cell <= middle ? '▓' : '─');
      } else {
        bar.append(cell <= middle ? '█' : ' ');
      }
    }
    return bar.toString();
  }

  private static int cell(long value, long most) {
    return (int) (Math.max(0, Math.min(most, value)) * CELLS / most);
  }
}
