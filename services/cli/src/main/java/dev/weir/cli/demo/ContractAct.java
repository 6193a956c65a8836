package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.SigningDesk;
import dev.weir.kernel.Bilingual;
import java.util.List;
import java.util.Map;

/** The builder finds products and negotiates; in round 2 both agree and sign. */
final class ContractAct implements Act {
  static final long ALLOTTED_NANO_RHO = 40_000_000L;
  private static final long WISHED_NANO_RHO = 400_000_000L;

  @Override
  public String name() {
    return "contract";
  }

  @Override
  public Bilingual title() {
    return say("检索、洽谈两轮、双方签署", "Searched, negotiated in two rounds, signed by both");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var story = stage.story();
    var builder = stage.as("builder-analyst");
    var items = List.copyOf(stage.items().values());
    List<JsonNode> found =
        story.step(
            "search",
            say("模型开发企业检索产品", "the model builder searches products"),
            () -> builder.list("space", "/v1/products?status=LISTED"));
    story.check(
        "found",
        say("检索到全部上架产品", "it finds every listed product"),
        found.stream()
            .map(product -> product.path("id").asText())
            .toList()
            .containsAll(items.stream().map(Item::product).toList()),
        Map.of("products", found.size()));
    JsonNode proposed =
        story.step(
            "propose",
            say("第一轮：开发企业要求 ρ=0.4", "round 1: the builder asks for ρ=0.4"),
            () ->
                builder.post(
                    "space",
                    "/v1/contracts",
                    ContractDrafts.of(stage, "mobility", items, WISHED_NANO_RHO, 500, 100)));
    stage.contract(proposed.path("id").asText());
    var counter =
        Map.of(
            "answers",
            1,
            "note",
            "less budget, fewer uses",
            "draft",
            ContractDrafts.of(stage, "mobility", items, ALLOTTED_NANO_RHO, 50, 200));
    String contract = "/v1/contracts/" + stage.contract();
    story.step(
        "counter",
        say("第二轮：部门只给 ρ=0.04、50 次", "round 2: the department offers ρ=0.04 and 50 uses"),
        () -> stage.as("department-officer").post("space", contract + "/rounds", counter));
    story.step(
        "accept",
        say("开发企业接受第二轮", "the builder accepts round 2"),
        () -> builder.post("space", contract + "/acceptance", Map.of("round", 2)));
    sign(stage, stage.contract(), "builder", "builder-analyst");
    JsonNode signed = sign(stage, stage.contract(), "department", "department-officer");
    story.check(
        "signed",
        say("双方以各自密钥签署，合约生效", "signed by both with their own keys, and in force"),
        List.of("SIGNED", "IN_PERFORMANCE").contains(signed.path("status").asText())
            && signed.path("round").asInt() == 2
            && signed.path("signatures").size() == 2,
        Map.of("code", signed.path("code").asText()));
    story.check(
        "immutable",
        say("签署后不可再改", "once signed it cannot be changed"),
        isFrozen(stage, contract, counter));
    HiddenCells.offer(stage);
  }

  static JsonNode sign(Stage stage, String contract, String party, String account)
      throws Exception {
    return stage
        .story()
        .step(
            "sign-" + party,
            say("签署：" + party, "signed: " + party),
            () -> {
              var desk = new SigningDesk(stage.as(account));
              return desk.sign(desk.terms(contract), stage.key(party));
            });
  }

  private static boolean isFrozen(Stage stage, String contract, Map<String, Object> counter) {
    try {
      stage.as("department-officer").post("space", contract + "/rounds", counter);
      return false;
    } catch (dev.weir.cli.client.ApiProblem problem) {
      return List.of("immutable", "wrong-state", "conflict").contains(problem.slug());
    }
  }
}
