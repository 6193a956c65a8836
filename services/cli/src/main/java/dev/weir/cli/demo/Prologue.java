package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.stack.StackState;
import dev.weir.kernel.Bilingual;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The story up to a signed contract over one synthetic resource, without a word: what a campaign
 * starts from.
 */
public final class Prologue {
  private static final long NANO_RHO = 900_000_000L;
  private static final int MAX_USES = 1_000_000;

  private Prologue() {}

  /**
   * What the story left.
   *
   * @param run body of a request that streams the same file once more
   * @param draft body of a further proposal
   */
  public record Scene(
      String contract,
      String resource,
      String purpose,
      Map<String, Object> run,
      Map<String, Object> draft) {
    public Scene {
      run = Map.copyOf(run);
      draft = Map.copyOf(draft);
    }
  }

  /**
   * @param csv synthetic persons in UTF-8
   * @throws Exception when the story does not get so far
   */
  public static Scene play(StackState state, Path csv) throws Exception {
    var options = DemoOptions.ofPublicData();
    var told = new Failures();
    var story = new Story(told);
    var stage = new Stage(story, state, options);
    new PartiesAct().play(stage);
    new DomainAct().play(stage);
    var item = ResourcesAct.publish(stage, DemoDatasets.persons(csv, csv, "UTF-8"));
    new IntakeAct().play(stage);
    new ProductsAct().play(stage);
    sign(stage, item);
    if (!story.finish()) {
      throw new IllegalStateException("the story's check did not hold: " + told.failed);
    }
    return new Scene(
        stage.contract(),
        item.resource(),
        DomainAct.PURPOSE,
        IntakeAct.spec(item),
        ContractDrafts.of(stage, "another", List.of(item), 1_000, 10, 1));
  }

  private static void sign(Stage stage, Item item) throws Exception {
    var draft = ContractDrafts.of(stage, "campaign", List.of(item), NANO_RHO, MAX_USES, 1);
    JsonNode proposed = stage.as("builder-analyst").post("space", "/v1/contracts", draft);
    stage.contract(proposed.path("id").asText());
    String acceptance = "/v1/contracts/" + stage.contract() + "/acceptance";
    stage.as("department-officer").post("space", acceptance, Map.of("round", 1));
    ContractAct.sign(stage, stage.contract(), "builder", "builder-analyst");
    ContractAct.sign(stage, stage.contract(), "department", "department-officer");
  }

  /** Remembers the last check that failed. */
  private static final class Failures implements Narrator {
    private String failed = "";

    @Override
    public void act(String name, Bilingual title) {}

    @Override
    public void step(String step, Bilingual text, double seconds, Map<String, Object> figures) {}

    @Override
    public void check(String step, Bilingual text, boolean holds, Map<String, Object> figures) {
      failed = holds ? failed : step;
    }

    @Override
    public void progress(Bilingual what, long done, long total) {}

    @Override
    public void note(Bilingual text) {}

    @Override
    public void summary(int checks, int failedChecks, double seconds) {}
  }
}
