package dev.weir.cli.demo;

import static dev.weir.cli.demo.DuckDbTruth.quoted;
import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.demo.Field.Bounds;
import dev.weir.cli.demo.Question.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Good questions about the user's own file, made from its confirmed schema. */
final class OwnQuestions {
  private static final String FROM = " FROM " + OwnDataset.TABLE;

  private final List<Field> fields;
  private final OwnTruth truth;

  OwnQuestions(Item item) {
    this.fields = item.fields();
    this.truth = new OwnTruth(item.personKey());
  }

  List<Question> all() {
    var questions = new ArrayList<Question>();
    questions.add(count());
    first(fields, field -> field.keys().isPresent()).map(this::grouped).ifPresent(questions::add);
    first(fields, field -> field.bounds().isPresent())
        .ifPresent(field -> {
          questions.add(mean(field));
          questions.add(sum(field));
          questions.add(median(field));
        });
    return questions;
  }

  private static Optional<Field> first(
      List<Field> fields, java.util.function.Predicate<Field> wanted) {
    return fields.stream().filter(wanted).findFirst();
  }

  private Question count() {
    return new Question(
        "own-count",
        say("记录数", "number of records"),
        "SELECT COUNT(*) AS n" + FROM,
        Truth.Counts.one(truth.count(), truth.rows()));
  }

  private Question grouped(Field key) {
    String name = quoted(key.name());
    List<String> keys = key.keys().orElse(List.of());
    return new Question(
        "own-groups",
        keys.isEmpty()
            ? say(
                "按 " + key.name() + " 计数（私有选择分组）",
                "count by " + key.name() + " (groups selected privately)")
            : say(
                "按 " + key.name() + " 计数（键域已声明）",
                "count by " + key.name() + " (declared key domain)"),
        "SELECT " + name + ", COUNT(*) AS n" + FROM + " GROUP BY " + name,
        new Truth.Counts(truth.groups(name, keys), true, truth.rowsInGroups(), keys.isEmpty()));
  }

  private Question mean(Field field) {
    return new Question(
        "own-mean",
        say(field.name() + " 的平均值", "mean of " + field.name()),
        "SELECT AVG(" + quoted(field.name()) + ") AS mean_value" + FROM,
        new Truth.Average(truth.sumAndCount(clamped(field)), bounds(field), truth.rows()));
  }

  private Question sum(Field field) {
    return new Question(
        "own-sum",
        say(field.name() + " 的总和", "sum of " + field.name()),
        "SELECT SUM(" + quoted(field.name()) + ") AS total" + FROM,
        new Truth.Sum(truth.sum(clamped(field)), bounds(field), truth.rows()));
  }

  private Question median(Field field) {
    return new Question(
        "own-median",
        say(field.name() + " 的中位数", "median of " + field.name()),
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY "
            + quoted(field.name())
            + ") AS middle"
            + FROM,
        new Truth.Quantile(truth.ranks(clamped(field)), bounds(field), truth.rows(), 5));
  }

  /** Clamped, and rounded to whole granules as the contract says; nothing stays nothing. */
  private static String clamped(Field field) {
    Bounds bounds = bounds(field);
    String name = quoted(field.name());
    String value =
        "LEAST(GREATEST("
            + name
            + ", "
            + bounds.lower().toPlainString()
            + "), "
            + bounds.upper().toPlainString()
            + ")";
    String granule = bounds.granule().toPlainString();
    return "CASE WHEN "
        + name
        + " IS NOT NULL THEN FLOOR(CAST("
        + value
        + " AS DOUBLE) / "
        + granule
        + " + 0.5) * "
        + granule
        + " END";
  }

  private static Bounds bounds(Field field) {
    return field.bounds().orElseThrow();
  }
}
