package dev.weir.cli.aggregate.federated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A person of the Adult data set (Becker and Kohavi, UCI 1996, CC BY 4.0) as numbers. Ranges and
 * categories are declared here and not taken from the data. Immutable.
 *
 * @param features a constant 1 and the declared features, scaled so that their norm is at most 1
 * @param rich whether the income is above 50,000
 */
record CensusRecord(List<Double> features, boolean rich) {
  private static final int FIELDS = 15;
  private static final int AGE = 0;
  private static final int EDUCATION = 4;
  private static final int GAIN = 10;
  private static final int LOSS = 11;
  private static final int HOURS = 12;
  private static final int INCOME = 14;
  private static final List<Categories> CATEGORIES =
      List.of(
          new Categories(
              1, "Private Self-emp-not-inc Self-emp-inc Federal-gov Local-gov State-gov"),
          new Categories(
              5, "Married-civ-spouse Divorced Never-married Separated Widowed Married-AF-spouse"),
          new Categories(
              6,
              "Tech-support Craft-repair Other-service Sales Exec-managerial Prof-specialty"
                  + " Handlers-cleaners Machine-op-inspct Adm-clerical Farming-fishing"
                  + " Transport-moving Priv-house-serv Protective-serv Armed-Forces"),
          new Categories(7, "Wife Own-child Husband Not-in-family Other-relative Unmarried"),
          new Categories(9, "Female"));

  /** Numbers beside the categories: 1, age, its square, education, hours, two gains, a loss. */
  private static final int NUMBERS = 8;

  /** How many features there are. */
  static final int LENGTH =
      NUMBERS + CATEGORIES.stream().mapToInt(each -> each.values.size()).sum();

  /** √(8 numbers of at most 1 + one of each category), rounded up. */
  private static final double LARGEST_NORM = 3.7;

  private record Categories(int field, List<String> values) {
    Categories(int field, String values) {
      this(field, List.of(values.split(" ")));
    }
  }

  CensusRecord {
    features = List.copyOf(features);
  }

  /** All complete lines of {@code adult.data}, in their order. */
  static List<CensusRecord> read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.map(CensusRecord::of).flatMap(Optional::stream).toList();
    }
  }

  private static Optional<CensusRecord> of(String line) {
    String[] fields = line.split(", ");
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    var features = new Double[LENGTH];
    Arrays.fill(features, 0.0);
    double age = share(fields[AGE], 100);
    double gain = Math.min(Double.parseDouble(fields[GAIN]), 100_000);
    features[0] = 1.0;
    features[1] = age;
    features[2] = age * age;
    features[3] = share(fields[EDUCATION], 16);
    features[4] = share(fields[HOURS], 100);
    features[5] = gain > 5_000 ? 1.0 : 0.0;
    features[6] = Math.log1p(gain) / Math.log1p(100_000);
    features[7] = Math.min(1, Double.parseDouble(fields[LOSS]) / 2_500);
    int at = NUMBERS;
    for (Categories categories : CATEGORIES) {
      int value = categories.values.indexOf(fields[categories.field]);
      if (value >= 0) {
        features[at + value] = 1.0;
      }
      at += categories.values.size();
    }
    for (int i = 0; i < LENGTH; i++) {
      features[i] /= LARGEST_NORM;
    }
    return Optional.of(new CensusRecord(List.of(features), fields[INCOME].equals(">50K")));
  }

  private static double share(String number, double of) {
    return Math.min(1, Double.parseDouble(number) / of);
  }
}
