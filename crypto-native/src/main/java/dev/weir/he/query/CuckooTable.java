package dev.weir.he.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedSet;

/** Which keyword lies in which record. Immutable once made. */
final class CuckooTable {
  private static final int SEEDS = 256;
  private static final int MOVES = 2_000;

  private final KeywordShape shape;
  private final List<List<String>> records;

  private CuckooTable(KeywordShape shape, List<List<String>> records) {
    this.shape = shape;
    this.records = records;
  }

  /**
   * @throws IllegalStateException when no seed places all of them, which for honest keywords is
   *     never seen
   */
  static CuckooTable of(SequencedSet<String> keywords, int valueBytes) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var made = placed(keywords, new KeywordShape(keywords.size(), valueBytes, seed));
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new IllegalStateException("the keywords find no places");
  }

  KeywordShape shape() {
    return shape;
  }

  /** At most {@link KeywordShape#places} keywords. */
  List<String> record(int index) {
    return Collections.unmodifiableList(records.get(index));
  }

  private static Optional<CuckooTable> placed(SequencedSet<String> keywords, KeywordShape shape) {
    var records = new ArrayList<List<String>>();
    for (int i = 0; i < shape.records(); i++) {
      records.add(new ArrayList<>(shape.places()));
    }
    var random = new Random(shape.seed()); // who moves is no secret: positions are public
    for (var keyword : keywords) {
      if (!place(keyword, shape, records, random)) {
        return Optional.empty();
      }
    }
    return Optional.of(new CuckooTable(shape, records));
  }

  private static boolean place(
      String keyword, KeywordShape shape, List<List<String>> records, Random random) {
    var homeless = keyword;
    for (int move = 0; move < MOVES; move++) {
      var choices = shape.choices(homeless);
      for (int choice : choices) {
        if (records.get(choice).size() < shape.places()) {
          records.get(choice).add(homeless);
          return true;
        }
      }
      var record = records.get(choices.get(random.nextInt(KeywordShape.CHOICES)));
      homeless = record.set(random.nextInt(shape.places()), homeless);
    }
    return false;
  }
}
