package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.SigningDesk;
import dev.weir.kernel.Bilingual;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Authorised operation: proposed, the scene reviewed by other hands, signed by both bodies. */
final class DomainAct implements Act {
  static final String PURPOSE = "mobility-statistics";

  @Override
  public String name() {
    return "domain";
  }

  @Override
  public Bilingual title() {
    return say("授权运营协议", "The agreement on authorised operation");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var story = stage.story();
    JsonNode domain =
        story.step(
            "propose",
            say("运营机构提出运营域与应用场景", "the operating body proposes a domain and its use scene"),
            () -> stage.as("operator-officer").post("space", "/v1/domains", proposal(stage)));
    stage.domain(domain.path("id").asText());
    story.step(
        "scene-review",
        say("场景由另一人审核", "the scene is reviewed by other hands"),
        () ->
            stage
                .as("operator-reviewer")
                .post(
                    "space",
                    "/v1/domains/" + stage.domain() + "/scene-review",
                    Map.of("approved", true, "reason", "")));
    sign(stage, "department", "department-officer");
    JsonNode signed = sign(stage, "operator", "operator-officer");
    story.check(
        "active",
        say("双方签署后运营域启用", "with both signatures the domain is active"),
        signed.path("status").asText().equals("ACTIVE") && signed.path("signatures").size() == 2);
  }

  private static JsonNode sign(Stage stage, String party, String account) throws Exception {
    return stage
        .story()
        .step(
            "sign-" + party,
            say("用本方密钥签署：" + party, "signed with its own key: " + party),
            () -> {
              var desk = new SigningDesk(stage.as(account));
              return desk.sign(desk.agreement(stage.domain()), stage.key(party));
            });
  }

  private static Map<String, Object> proposal(Stage stage) {
    Instant from = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    var proposal = new LinkedHashMap<String, Object>();
    proposal.put("name", say("出行公共数据授权运营域", "Operation domain for mobility data"));
    proposal.put("implementingBody", stage.code("department"));
    proposal.put(
        "scene",
        Map.of(
            "description",
            say("为交通规划提供统计结果", "Statistics for transport planning"),
            "purposes",
            List.of(
                Map.of(
                    "code",
                    PURPOSE,
                    "description",
                    say("出行统计与建模", "Statistics and models of mobility")))));
    proposal.put("term", Map.of("from", from, "to", from.plus(Duration.ofDays(365))));
    proposal.put(
        "exitRule",
        say("到期或终止后删除域内数据并出具证明", "At the end the data are deleted and that is certified"));
    proposal.put("feeCeilingFen", 100_000);
    proposal.put("ceilingLevel", 4);
    proposal.put("suite", "gm");
    return proposal;
  }
}
