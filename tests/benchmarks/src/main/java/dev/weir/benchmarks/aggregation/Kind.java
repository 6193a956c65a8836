package dev.weir.benchmarks.aggregation;

import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;

/** What is contributed. */
enum Kind {
  COUNT("Count", new VdafConfiguration.Count()) {
    @Override
    long value(int number) {
      return number % 3 == 0 ? 1 : 0;
    }

    @Override
    Measurement measurement(int number) {
      return Measurement.yes(value(number) == 1);
    }
  },
  SUM("Sum(255)", new VdafConfiguration.Sum(Kind.MAX)) {
    @Override
    long value(int number) {
      return number * 31L % (MAX + 1);
    }

    @Override
    Measurement measurement(int number) {
      return Measurement.number(value(number));
    }
  };

  private static final long MAX = 255;

  private final String label;
  private final VdafConfiguration vdaf;

  Kind(String label, VdafConfiguration vdaf) {
    this.label = label;
    this.vdaf = vdaf;
  }

  String label() {
    return label;
  }

  VdafConfiguration vdaf() {
    return vdaf;
  }

  /** What the report of this number adds to the aggregate. */
  abstract long value(int number);

  abstract Measurement measurement(int number);
}
