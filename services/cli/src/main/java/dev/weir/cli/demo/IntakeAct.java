package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.command.Waiting;
import dev.weir.kernel.Bilingual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records are cleaned, treated and streamed; a quality report says how good they were. */
final class IntakeAct implements Act {
  @Override
  public String name() {
    return "intake";
  }

  @Override
  public Bilingual title() {
    return say("清洗、脱敏、汇入数据流", "Cleaned, treated, streamed");
  }

  @Override
  public void play(Stage stage) throws Exception {
    for (Item item : stage.items().values()) {
      run(stage, item);
    }
  }

  private static void run(Stage stage, Item item) throws Exception {
    var story = stage.story();
    var officer = stage.as("department-officer");
    String table = item.dataset().table();
    JsonNode run =
        story.step(
            "run-" + table,
            say("汇入 " + table, "streamed " + table),
            () ->
                Waiting.forRun(
                    officer,
                    officer.post("intake", "/v1/runs", spec(item)),
                    state ->
                        story
                            .narrator()
                            .progress(
                                Bilingual.same(table),
                                state.path("accepted").asLong() + state.path("rejected").asLong(),
                                state.path("rows").asLong())));
    boolean sealed = run.path("status").asText().equals("SEALED");
    if (!sealed) {
      throw new IllegalStateException(
          "the run ended as "
              + run.path("status").asText()
              + " "
              + run.path("problem").asText()
              + " "
              + run.path("detail").asText());
    }
    item.quality(officer.get("intake", "/v1/runs/" + run.path("id").asText() + "/quality"));
    long rows = item.profile().path("rows").asLong();
    long accepted = run.path("accepted").asLong();
    long rejected = run.path("rejected").asLong();
    story.check(
        "sealed-" + table,
        say("每行恰好计一次：接受 + 拒绝 = 全部", "every row counted once: accepted + rejected = all"),
        accepted + rejected == rows,
        Map.of(
            "version",
            run.path("dataVersion").asLong(),
            "accepted",
            accepted,
            "rejected",
            rejected,
            "recordsPerSecond",
            run.path("recordsPerSecond").asLong()));
    story.narrator().note(quality(item));
  }

  private static Bilingual quality(Item item) {
    String accepted = item.quality().path("acceptedPercent").asText();
    String complete = item.quality().path("completenessPercent").asText();
    String by = item.quality().path("rejectedBy").toString();
    return say(
        "质量报告：接受 %s %%，完整 %s %%，拒绝原因 %s".formatted(accepted, complete, by),
        "quality report: accepted %s %%, complete %s %%, rejected by %s"
            .formatted(accepted, complete, by));
  }

  static Map<String, Object> spec(Item item) {
    var treatments = new ArrayList<Object>();
    for (Field field : item.fields()) {
      treatments.add(Map.of("column", field.name(), "treatment", field.treatment()));
    }
    var spec = new LinkedHashMap<String, Object>();
    spec.put("resourceId", item.resource());
    spec.put("sourceId", item.source());
    spec.put("cleaning", item.dataset().cleaning());
    spec.put("treatments", treatments);
    return spec;
  }
}
