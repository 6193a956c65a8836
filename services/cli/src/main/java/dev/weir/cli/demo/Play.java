package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.client.ApiProblem;
import java.util.List;
import java.util.Map;

/** Plays the acts in order. Confined to one thread. */
final class Play {
  static final List<Act> ACTS =
      List.of(
          new StackAct(),
          new PartiesAct(),
          new DomainAct(),
          new ResourcesAct(),
          new IntakeAct(),
          new ProductsAct(),
          new ContractAct(),
          new QuestionsAct(),
          new RefusalsAct(),
          new StopAct(),
          new AuditAct());

  private final Stage stage;

  Play(Stage stage) {
    this.stage = stage;
  }

  /** Whether every check held. */
  boolean run() {
    for (Act act : ACTS) {
      if (!plays(act) || act.name().equals(stage.options().lastAct())) {
        break;
      }
    }
    return stage.story().finish();
  }

  private boolean plays(Act act) {
    stage.story().narrator().act(act.name(), act.title());
    try {
      act.play(stage);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      stage
          .story()
          .check(
              "unfinished",
              say("这一幕未能演完", "this act could not be finished"),
              false,
              Map.of("why", why(e)));
      return false;
    }
  }

  private static String why(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof ApiProblem problem
        ? message + " " + problem.body()
        : failure.getClass().getSimpleName() + ": " + message;
  }
}
