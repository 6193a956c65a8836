package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.command.AnswerRows;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.json.Json;
import java.util.List;
import java.util.Map;

/** Five good questions: each answered with cost, allotment left and interval, and held to truth. */
final class QuestionsAct implements Act {
  static final long NANO_RHO = 5_000_000L;
  private static final int SHOWN_ROWS = 3;
  private static final double RHO = 1e9;

  @Override
  public String name() {
    return "questions";
  }

  @Override
  public Bilingual title() {
    return say("五个获准的问题", "Five good questions, answered");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var asking = new Asking(stage);
    var own = stage.items().get(OwnDataset.TABLE);
    long values = 0;
    try (var duckDb = new DuckDbTruth()) {
      List<Question> questions;
      if (own == null) {
        Questions.declare(stage, duckDb);
        questions = Questions.all();
      } else {
        OwnRecords.declare(stage, own, duckDb);
        questions = new OwnQuestions(own).all();
      }
      dryRun(stage, asking, questions.getFirst());
      for (Question question : questions) {
        values += answer(stage, asking, question, new AnswerCheck(duckDb));
      }
      repeat(stage, asking, questions.getFirst());
    }
    stage
        .story()
        .check(
            "simultaneous",
            say(
                "所有数值同时在界内；该界每次运行失败的概率不超过 10⁻⁹",
                "all values together within a bound that fails in at most 10⁻⁹ of runs"),
            values <= NoiseBound.VALUES_PER_RUN,
            Map.of("values", values));
  }

  private static void dryRun(Stage stage, Asking asking, Question question) throws Exception {
    JsonNode dry = asking.ask(stage.contract(), question.sql(), NANO_RHO, true);
    stage
        .story()
        .check(
            "dry-run",
            say(
                "试算：未读数据即知裁决、费用与预期误差",
                "dry run: decision, cost and expected error before any data is read"),
            dry.path("status").asText().equals("DRY_RUN")
                && dry.path("expected").path("costs").path(0).path("nanoRho").asLong() == NANO_RHO
                && dry.path("charged").path("nanoRho").asLong() == 0,
            Map.of("fen", dry.path("expected").path("fen").asLong()));
  }

  private static int answer(Stage stage, Asking asking, Question question, AnswerCheck check)
      throws Exception {
    var story = stage.story();
    JsonNode done =
        story.step(
            question.name(),
            question.text(),
            () -> asking.ask(stage.contract(), question.sql(), NANO_RHO, false));
    story.narrator().note(Bilingual.same(question.sql()));
    if (!done.path("status").asText().equals("DONE")) {
      story.check(
          question.name() + "-answered",
          say("得到答案", "answered"),
          false,
          Map.of("status", done.path("status").asText(), "rule", Asking.rule(done)));
      return 0;
    }
    JsonNode answer = done.path("answer");
    show(stage, answer);
    long nanoRho = done.path("charged").path("nanoRho").asLong();
    long fen = done.path("charged").path("fen").asLong();
    stage
        .asked()
        .add(new Asked(done.path("id").asText(), nanoRho, fen, done.path("receiptLeaf").asText()));
    Item item = charged(stage, question);
    story.check(
        question.name() + "-answered",
        say("带费用、余额、区间与回执", "with cost, allotment left, interval and receipt"),
        nanoRho == NANO_RHO
            && hasIntervals(question.truth(), answer)
            && done.hasNonNull("receiptLeaf"),
        Map.of(
            "rho",
            nanoRho / RHO,
            "fen",
            fen,
            "rhoLeft",
            asking.left(stage.contract(), item.lineage()) / RHO,
            "protectedUnit",
            answer.path("protectedUnit").asText()));
    var verdict = check.check(question.truth(), answer, nanoRho);
    boolean broken = stage.options().breakACheck() && stage.asked().size() == 1;
    story.check(
        question.name() + "-true",
        say("与普通 DuckDB 对源文件的独立计算相符", "agrees with plain DuckDB over the source file"),
        verdict.holds() && !broken,
        Map.of(
            "values", verdict.values(),
            "farthest", round(verdict.worst()),
            "bound", round(verdict.bound())));
    return verdict.values();
  }

  private static void repeat(Stage stage, Asking asking, Question question) throws Exception {
    JsonNode again = asking.ask(stage.contract(), question.sql(), NANO_RHO, false);
    stage
        .story()
        .check(
            "repeat-is-free",
            say("同一问题再问一次：同样的答案，不再收费", "the same question again: the same answer, nothing charged"),
            again.path("status").asText().equals("DONE")
                && again.path("charged").path("nanoRho").asLong() == 0
                && again.path("charged").path("fen").asLong() == 0);
  }

  /** The dp product that a question is about. */
  private static Item charged(Stage stage, Question question) {
    return stage.items().values().stream()
        .filter(item -> !item.dataset().exact())
        .filter(item -> question.sql().contains("FROM " + item.dataset().table()))
        .findFirst()
        .orElseThrow();
  }

  private static void show(Stage stage, JsonNode answer) {
    var rows = AnswerRows.of(answer);
    rows.stream()
        .limit(SHOWN_ROWS)
        .forEach(row -> stage.story().narrator().note(Bilingual.same("= " + text(row))));
    if (rows.size() > SHOWN_ROWS) {
      int more = rows.size() - SHOWN_ROWS;
      stage.story().narrator().note(say("……另有 " + more + " 行", "… and " + more + " more rows"));
    }
    if (answer.path("synthetic").asBoolean()) {
      stage.story().narrator().note(say("（合成数据）", "(synthetic data)"));
    }
    if (answer.path("boundsDependOnData").asBoolean()) {
      stage
          .story()
          .narrator()
          .note(
              say(
                  "（界限取自数据本身，由此泄露的信息不计入预算）",
                  "(the bounds were taken from the data; what they tell is not covered by the budget)"));
    }
  }

  private static String text(JsonNode row) {
    return row.properties().stream()
        .map(field -> field.getKey() + " " + field.getValue().asText())
        .reduce((a, b) -> a + "   " + b)
        .orElse(Json.mapper().createObjectNode().toString());
  }

  private static boolean hasIntervals(Question.Truth truth, JsonNode answer) {
    for (JsonNode row : answer.path("rows")) {
      for (JsonNode cell : row) {
        if (cell.has("number") && !cell.has("interval") && !cell.has("rankHalfWidth")) {
          return false;
        }
      }
    }
    boolean mayBeNone = truth instanceof Question.Truth.Counts counts && counts.selected();
    return mayBeNone || !answer.path("rows").isEmpty();
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
