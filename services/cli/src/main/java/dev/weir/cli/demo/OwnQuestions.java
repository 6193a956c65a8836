package dev.weir.cli.demo;

import static dev.weir.cli.demo.DuckDbTruth.quoted;
import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.demo.Field.Bounds;
import dev.weir.cli.demo.Question.Truth;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Good questions about the user's own file, made from its confirmed schema. */
final class OwnQuestions {
  private static final String FROM = " FROM " + OwnDataset.TABLE;

  private final Item item;
  private final List<Field> fields;

  OwnQuestions(Item item) {
    this.item = item;
    this.fields = item.dataset().decisions().fields(item.profile());
  }

  List<Question> all(DuckDbTruth duckDb) throws SQLException {
    duckDb.view(OwnDataset.TABLE, item.dataset().plainFile(), "true", "*");
    var questions = new ArrayList<Question>();
    questions.add(count());
    fields.stream()
        .filter(f -> f.keys().isPresent())
        .findFirst()
        .map(this::grouped)
        .ifPresent(questions::add);
    measure()
        .ifPresent(field -> {
          questions.add(mean(field));
          questions.add(sum(field));
          questions.add(median(field));
        });
    return questions;
  }

  private Optional<Field> measure() {
    return fields.stream()
        .filter(field -> field.bounds().isPresent())
        .filter(field -> item.profileOf(field.name()).path("nulls").asLong() == 0)
        .findFirst();
  }

  private static Question count() {
    String sql = "SELECT COUNT(*) AS n" + FROM;
    return new Question(
        "own-count", say("记录数", "number of records"), sql, new Truth.Counts(sql, false, 1));
  }

  private Question grouped(Field key) {
    String name = quoted(key.name());
    String sql = "SELECT " + name + ", COUNT(*) AS n" + FROM + " GROUP BY " + name;
    boolean declared = key.keys().map(keys -> !keys.isEmpty()).orElse(false);
    return new Question(
        "own-groups",
        declared
            ? say(
                "按 " + key.name() + " 计数（键域已声明）",
                "count by " + key.name() + " (declared key domain)")
            : say(
                "按 " + key.name() + " 计数（私有选择分组）",
                "count by " + key.name() + " (groups selected privately)"),
        sql,
        new Truth.Counts(
            "SELECT CAST(" + name + " AS VARCHAR), COUNT(*)" + FROM + " GROUP BY 1", true, 1));
  }

  private Question mean(Field field) {
    return new Question(
        "own-mean",
        say(field.name() + " 的平均值", "mean of " + field.name()),
        "SELECT AVG(" + quoted(field.name()) + ") AS mean_value" + FROM,
        new Truth.Average("SELECT SUM(" + clamped(field) + "), COUNT(*)" + FROM, bounds(field), 1));
  }

  private Question sum(Field field) {
    return new Question(
        "own-sum",
        say(field.name() + " 的总和", "sum of " + field.name()),
        "SELECT SUM(" + quoted(field.name()) + ") AS total" + FROM,
        new Truth.Sum("SELECT SUM(" + clamped(field) + ")" + FROM, bounds(field), 1));
  }

  private Question median(Field field) {
    return new Question(
        "own-median",
        say(field.name() + " 的中位数", "median of " + field.name()),
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY "
            + quoted(field.name())
            + ") AS middle"
            + FROM,
        new Truth.Quantile(
            "SELECT COUNT(*), COUNT(*) FILTER (c < ?), COUNT(*) FILTER (c < ?2) FROM (SELECT "
                + clamped(field)
                + " AS c"
                + FROM
                + ")",
            bounds(field),
            1,
            5));
  }

  /** Clamped, and rounded to whole granules as the contract says. */
  private static String clamped(Field field) {
    Bounds bounds = bounds(field);
    String value =
        "LEAST(GREATEST("
            + quoted(field.name())
            + ", "
            + bounds.lower().toPlainString()
            + "), "
            + bounds.upper().toPlainString()
            + ")";
    String granule = bounds.granule().toPlainString();
    return "(FLOOR(CAST(" + value + " AS DOUBLE) / " + granule + " + 0.5) * " + granule + ")";
  }

  private static Bounds bounds(Field field) {
    return field.bounds().orElseThrow();
  }
}
