package dev.weir.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.policy.contract.ContractTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions made to learn from everything but the noisy answer. */
@ExtendWith(SharedServices.class)
class OracleTest {
  /** Read as oracles: on values, on small groups, on engine errors, on budgets, on names. */
  private static final List<String> QUESTIONS =
      List.of(
          "SELECT COUNT(*) FROM people",
          "SELECT COUNT(*) FROM people WHERE i = 1999",
          "SELECT city, COUNT(*) FROM people WHERE i >= 1998 GROUP BY city",
          // Twelve standard deviations from every group, and far above what is suppressed: which
          // groups pass is not for the noise to say.
          "SELECT city, COUNT(*) FROM people GROUP BY city HAVING COUNT(*) > 1000",
          "SELECT MEDIAN(amount) FROM people WHERE i = 1999",
          "SELECT SUM(i) FROM people WHERE amount > 199.8",
          "SELECT AVG(amount) FROM people WHERE city = '平潭'",
          "SELECT MAX(i) FROM people",
          "SELECT g, COUNT(*) FROM people GROUP BY g",
          "SELECT COUNT(*) FROM people WHERE secret = 'canary-5b1f-1999'",
          "SELECT COUNT(*) FROM people WHERE CAST(city AS INTEGER) > 1",
          "SELECT COUNT(*) FROM people WHERE i * i * i * i * i * i > 1",
          "SELECT COUNT(*) FROM people WHERE error(city)",
          "SELECT i FROM people",
          "SELECT nope FROM people");

  private static EmbeddedServices services;
  private static Facts whole;
  private static Facts lacking;

  @BeforeAll
  static void load(EmbeddedServices shared) {
    services = shared;
    var domain = services.controlPlane().openDomain();
    whole = Facts.load(services, domain);
    lacking = Facts.load(services, domain, i -> i != 1999);
  }

  @Test
  void neighbouringData_giveTheSameRefusalsDryRunsAndErrorTexts() {
    var one = asking(whole, 1_000_000);
    var other = asking(lacking, 1_000_000);
    for (String sql : QUESTIONS) {
      for (var dry :
          List.of(
              Map.of("dryRun", true),
              Map.of("dryRun", true, "relativeError", 0.1),
              Map.of("dryRun", true, "nanoRho", 1))) {
        assertThat(shape(one.ask(sql, dry))).as(sql).isEqualTo(shape(other.ask(sql, dry)));
      }
    }
    // Exhausts both allotments in step, so that refusals of budgets are compared as well.
    for (String sql : QUESTIONS) {
      var price = Map.of("nanoRho", 200_000);
      assertThat(outcome(one.ask(sql, price))).as(sql).isEqualTo(outcome(other.ask(sql, price)));
    }
  }

  /** The control: an exact product does answer differently, and the comparison sees it. */
  @Test
  void neighbouringData_ofAnExactProduct_areToldApart() {
    var control = services.controlPlane();
    var one = Asking.under(services, control.sign(List.of(whole.exact("people")), 0, 100));
    var other = Asking.under(services, control.sign(List.of(lacking.exact("people")), 0, 100));
    String sql = "SELECT COUNT(*) FROM people";
    assertThat(one.ask(sql).path("answer").path("rows"))
        .isNotEqualTo(other.ask(sql).path("answer").path("rows"));
  }

  @Test
  void answers_leaveInTheSameSlot_whateverTheDataAndTheQuestion() {
    var control = services.controlPlane();
    try (var service = services.startQuery(Map.of("answerSlot", "PT2S"))) {
      var one = new Asking(service.as(Asking.ANALYST), sign(control, whole, 50_000_000).id());
      var other = new Asking(service.as(Asking.ANALYST), sign(control, lacking, 50_000_000).id());
      one.ask("SELECT COUNT(*) FROM people WHERE g = 19");
      other.ask("SELECT COUNT(*) FROM people WHERE g = 19");
      for (String sql : List.of(QUESTIONS.get(1), QUESTIONS.get(4), QUESTIONS.get(2))) {
        assertThat(slot(one.ask(sql))).as(sql).isEqualTo(slot(other.ask(sql))).isEqualTo(1);
      }
    }
  }

  @Test
  void rewritesOfOneQuestion_giveOneAnswer_andAreChargedOnce() {
    var asking = asking(whole, 50_000_000);
    var answers = new HashSet<String>();
    long charged = 0;
    for (String sql :
        List.of(
            "SELECT COUNT(*) FROM people WHERE g < 7 AND city = '福州'",
            "select count(*) as n from people where city = '福州' and g < 7",
            "SELECT COUNT(*) FROM people p WHERE 7 > p.g AND '福州' = p.city",
            "SELECT COUNT(*) FROM people WHERE NOT (g >= 7) AND city = '福州' AND 1 = 1",
            "SELECT COUNT(*) FROM (SELECT g AS h, city AS c FROM people) q WHERE h < 7 AND c = '福州'",
            "WITH p AS (SELECT * FROM people) SELECT COUNT(*) FROM people WHERE g < 7 AND city = '福州'",
            "SELECT COUNT(*) FROM people WHERE g < 7 AND city = '福州' AND g < 7",
            "SELECT COUNT(*) FROM people WHERE NOT (NOT (g < 7 AND city = '福州'))",
            "SELECT COUNT(*) FROM people WHERE (g < 7) IS TRUE AND city IN ('福州')",
            "SELECT COUNT(*)\nFROM people -- again\nWHERE g < 7 AND city = '福州'")) {
      for (int repeat = 0; repeat < 2; repeat++) {
        var view = asking.ask(sql, Map.of("nanoRho", 1_000_000));
        if (view.path("status").asText().equals("DONE")) {
          boolean fresh = answers.add(view.path("answer").path("rows").toString());
          long price = view.path("charged").path("nanoRho").asLong();
          assertThat(price > 0).as("a new answer is a charged one: " + sql).isEqualTo(fresh);
          charged += price;
        }
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(charged).isEqualTo(1_000_000);
  }

  private static Asking asking(Facts facts, long nanoRho) {
    var asking = Asking.under(services, sign(services.controlPlane(), facts, nanoRho));
    asking.ask("SELECT COUNT(*) FROM people", Map.of("dryRun", true));
    return asking;
  }

  private static ContractTerms sign(ControlPlane control, Facts facts, long nanoRho) {
    return control.sign(List.of(facts.dp("people")), nanoRho, 500);
  }

  /** Without what differs by itself: ids, codes and moments. */
  private static String shape(JsonNode view) {
    return view.toString()
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "moment");
  }

  /** Everything but the noisy numbers themselves. */
  private static String outcome(JsonNode view) {
    var keys = new StringBuilder();
    for (JsonNode row : view.path("answer").path("rows")) {
      for (JsonNode cell : row) {
        keys.append(cell.path("text").asText("#"));
      }
    }
    return shape(view).replaceAll("\"rows\":\\[.*?]]", "") + keys;
  }

  private static long slot(JsonNode view) {
    assertThat(view.path("status").asText()).as(view.toString()).isEqualTo("DONE");
    var from = Instant.parse(view.path("createdAt").asText());
    var to = Instant.parse(view.path("finishedAt").asText());
    return Duration.between(from, to).toMillis() / 2_000;
  }
}
