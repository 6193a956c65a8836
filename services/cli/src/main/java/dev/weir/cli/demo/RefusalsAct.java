package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Six questions are refused, each for its own reason, and nothing is charged for them. */
final class RefusalsAct implements Act {
  private static final long BEYOND_NANO_RHO = ContractAct.ALLOTTED_NANO_RHO;

  @Override
  public String name() {
    return "refusals";
  }

  @Override
  public Bilingual title() {
    return say("六个被拒绝的问题", "Six questions, refused");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var asking = new Asking(stage);
    Item item =
        stage.items().values().stream()
            .filter(one -> !one.dataset().exact())
            .findFirst()
            .orElseThrow();
    String table = item.dataset().table();
    var fields = item.fields();
    String contract = stage.contract();
    long before = asking.left(contract, item.lineage());

    var open = first(fields, field -> field.offered() && !field.grants().contains("NEVER"));
    if (open.isPresent()) {
      refused(
          stage,
          "raw-rows",
          say("要求原始记录", "raw records"),
          "sql-raw-rows",
          asking.ask(contract, "SELECT " + quoted(open.get()) + " FROM " + table, 0, false));
    }
    var never = first(fields, field -> field.grants().contains("NEVER"));
    if (never.isPresent()) {
      String sql = "SELECT COUNT(*) AS n FROM " + table + " WHERE " + quoted(never.get());
      refused(
          stage,
          "never-column",
          say("使用从不开放的列", "a column never allowed"),
          "sql-column-never",
          asking.ask(contract, sql + " IS NOT NULL", 0, false));
    }
    if (open.isEmpty() || never.isEmpty()) {
      stage
          .story()
          .narrator()
          .note(
              say(
                  "（文件只有一列，两个按列拒绝的问题只能问一个）",
                  "(the file has one column, so only one of two questions about columns is asked)"));
    }

    refused(
        stage,
        "small-group",
        say("精确产品中过小的分组", "a group too small in an exact product"),
        "min-group",
        asking.ask(
            contract, "SELECT COUNT(*) AS n FROM airports WHERE city = 'Springfield'", 0, false));

    refused(
        stage,
        "allotment",
        say("超过剩余额度", "more than the allotment has left"),
        "allotment",
        asking.ask(contract, "SELECT COUNT(*) AS n FROM " + table, BEYOND_NANO_RHO, false));

    refused(
        stage,
        "purpose",
        say("合约之外的用途", "a purpose that the contract does not have"),
        "purpose-bound",
        asking.ask(contract, "credit-scoring", "SELECT COUNT(*) AS n FROM " + table, 0, false));

    refused(
        stage,
        "contract-ended",
        say("合约已经终止", "a contract that has ended"),
        "contract-not-in-force",
        asking.askOnceEnded(ended(stage), "SELECT COUNT(*) AS n FROM airports"));

    stage
        .story()
        .check(
            "nothing-charged",
            say("被拒绝的问题不消耗额度", "refusals cost nothing of the allotment"),
            asking.left(contract, item.lineage()) == before);
  }

  private static Optional<Field> first(List<Field> fields, Predicate<Field> wanted) {
    return fields.stream().filter(wanted).findFirst();
  }

  private static String quoted(Field field) {
    return DuckDbTruth.quoted(field.name());
  }

  private static void refused(
      Stage stage, String step, Bilingual text, String rule, JsonNode query) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("rule", Asking.rule(query));
    figures.put("status", query.path("status").asText());
    boolean holds =
        query.path("status").asText().equals("REFUSED")
            && Asking.rule(query).equals(rule)
            && query.path("charged").path("nanoRho").asLong() == 0
            && query.path("charged").path("fen").asLong() == 0;
    stage.story().check(step, text, holds, figures);
    JsonNode reason = query.path("refusal").path("reasons").path(0).path("text");
    stage
        .story()
        .narrator()
        .note(new Bilingual(reason.path("zh").asText(), reason.path("en").asText()));
  }

  /** A second contract that both parties sign and then end by agreement. */
  private static String ended(Stage stage) throws Exception {
    var builder = stage.as("builder-analyst");
    var officer = stage.as("department-officer");
    var draft = ContractDrafts.of(stage, "airports", List.of(stage.item("airports")), 0, 50, 100);
    String id =
        stage
            .story()
            .step(
                "second-contract",
                say("第二份合约：签署后由双方同意终止", "a second contract, signed and then ended by agreement"),
                () -> builder.post("space", "/v1/contracts", draft).path("id").asText());
    String contract = "/v1/contracts/" + id;
    officer.post("space", contract + "/acceptance", Map.of("round", 1));
    ContractAct.sign(stage, id, "builder", "builder-analyst");
    ContractAct.sign(stage, id, "department", "department-officer");
    builder.post("space", contract + "/termination", Map.of("reason", "done"));
    JsonNode last = officer.post("space", contract + "/termination", Map.of("reason", "done"));
    stage
        .story()
        .check(
            "terminated",
            say("双方同意后合约终止", "ended once both agreed"),
            last.path("status").asText().equals("ENDED"));
    return id;
  }
}
