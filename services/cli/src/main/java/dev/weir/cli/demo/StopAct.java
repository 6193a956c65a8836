package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The department watches the uses arrive and stops the contract; the next use is refused. */
final class StopAct implements Act {
  private static final double NANOS = 1e9;
  private static final double LIMIT_SECONDS = 1.0;
  private static final int ATTEMPTS = 200;

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public Bilingual title() {
    return say("部门查看使用并立即停止合约", "The department watches, then stops the contract");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var story = stage.story();
    var officer = stage.as("department-officer");
    List<JsonNode> uses =
        story.step(
            "uses",
            say("部门查看每一次使用", "the department looks at every use"),
            () -> officer.list("query", "/v1/uses?contractId=" + stage.contract()));
    var seen = uses.stream().map(use -> use.path("id").asText()).collect(Collectors.toSet());
    story.check(
        "uses-seen",
        say("所有获准与被拒的使用都在列，且不含答案", "every use is there, allowed or refused, and no answer"),
        stage.asked().stream().map(Asked::query).allMatch(seen::contains)
            && uses.stream().noneMatch(use -> use.has("answer") || use.has("sql")),
        Map.of("uses", uses.size()));
    stop(stage);
  }

  private static void stop(Stage stage) throws Exception {
    var asking = new Asking(stage);
    Item item =
        stage.items().values().stream()
            .filter(one -> !one.dataset().exact())
            .findFirst()
            .orElseThrow();
    String sql = "SELECT COUNT(*) AS n FROM " + item.dataset().table();
    stage
        .as("department-officer")
        .post("space", "/v1/contracts/" + stage.contract() + "/stop", Map.of("reason", "RISK"));
    // The promise is one second: a use that begins later is not allowed. How long the last answer
    // travelled is no part of it.
    long stopped = System.nanoTime();
    double begun = 0;
    double lastAllowed = 0;
    JsonNode next = asking.ask(stage.contract(), sql, 1_000, true);
    for (int i = 0; i < ATTEMPTS && !Asking.isEnded(next); i++) {
      lastAllowed = begun;
      begun = (System.nanoTime() - stopped) / NANOS;
      next = asking.ask(stage.contract(), sql, 1_000, true);
    }
    JsonNode real = asking.ask(stage.contract(), sql, 1_000, false);
    stage
        .story()
        .check(
            "stopped",
            say("停止后一秒内，下一次使用被拒绝", "within a second of the stop the next use is refused"),
            Asking.isEnded(next) && Asking.isEnded(real) && lastAllowed <= LIMIT_SECONDS,
            Map.of("seconds", Math.round(begun * 1000) / 1000.0, "rule", Asking.rule(real)));
  }
}
