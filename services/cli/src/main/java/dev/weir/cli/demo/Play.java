package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.command.Problems;
import dev.weir.kernel.Bilingual.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays the acts in order. Confined to one thread. */
final class Play {
  static final List<Act> ACTS =
      List.of(
          new StackAct(),
          new PartiesAct(),
          new DomainAct(),
          new AggregationAct(),
          new ResourcesAct(),
          new IntakeAct(),
          new ProductsAct(),
          new ContractAct(),
          new QuestionsAct(),
          new RefusalsAct(),
          new HomomorphicAct(),
          new StopAct(),
          new AuditAct());

  private final Stage stage;
  private Optional<ExitCode> unfit = Optional.empty();

  Play(Stage stage) {
    this.stage = stage;
  }

  /** What the command ends with: every check held, one did not, or the user's file is unfit. */
  ExitCode run() {
    for (Act act : ACTS) {
      if (!plays(act) || act.name().equals(stage.options().lastAct())) {
        break;
      }
    }
    boolean held = stage.story().finish();
    if (stage.options().keep()) {
      var words =
          new ClosingWords(
              stage.directory("keys"),
              stage.directory("collector"),
              stage.contract(),
              stage.task());
      stage.story().narrator().note(words.text());
    }
    return unfit.orElse(held ? ExitCode.OK : ExitCode.FAILED);
  }

  private boolean plays(Act act) {
    stage.story().narrator().act(act.name(), act.title());
    try {
      act.play(stage);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (CommandFault fault) {
      unfit = Optional.of(fault.exit());
      stage.story().check("refused", fault.text(), false);
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
    return failure instanceof ApiProblem problem
        ? Problems.line(problem, Language.EN)
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
