package dev.weir.cli.demo;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.UserLanguage;
import dev.weir.cli.WeirCommand;
import dev.weir.cli.stack.StackControl;
import dev.weir.cli.stack.StackReport.Phase;
import dev.weir.cli.stack.StackState;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.embedded.FileLocks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code weir demo}: plays the whole story on real parts and data, and checks it. */
@Command(
    name = "demo",
    description = {
      "Play the whole story on real data and check it. / 在真实数据上演示全过程并逐项检查。",
      "Acts / 各幕: stack, parties, domain, aggregation, resources, intake, products, contract, questions,"
          + " refusals, homomorphic, stop, audit"
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  /** Set by the test that sees whether a failed check is noticed. */
  static final String BREAK_A_CHECK = "weir.demo.breakACheck";

  /** Names the directory below {@code .weir} that holds the demo's state; tests have their own. */
  static final String STATE = "weir.demo.state";

  @ParentCommand private @Nullable WeirCommand weir;

  @Option(
      names = "--act",
      paramLabel = "NAME",
      defaultValue = "",
      description = "play up to this act / 演到此幕为止")
  private String act = "";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "your own CSV or Parquet instead of the public data / 使用自己的数据文件")
  private @Nullable Path data;

  @Option(
      names = "--declare",
      paramLabel = "FILE",
      description =
          "JSON with timeZone, personKey, and bounds and key domains by column; without it a terminal"
              + " asks / 声明时区、人员键、界限与键域的 JSON 文件；省略则在终端询问")
  private @Nullable Path declarations;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "IANA zone of times in that file that carry none; never guessed / 时区，从不猜测")
  private @Nullable String zone;

  @Option(names = "--keep", description = "leave the stack up / 结束后保持运行")
  private boolean keep;

  @Option(
      names = "--fresh",
      description = "even if an earlier --keep left something / 即使先前 --keep 有所保留也重新开始")
  private boolean fresh;

  @Option(names = "--json", description = "one JSON object a line / 每行一个 JSON 对象")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!act.isEmpty() && Play.ACTS.stream().noneMatch(one -> one.name().equals(act))) {
      var acts = Play.ACTS.stream().map(Act::name).collect(Collectors.joining(", "));
      throw new CommandFault(
          ExitCode.USAGE,
          "没有这一幕：" + act + "；各幕为 " + acts,
          "there is no act " + act + "; the acts are " + acts);
    }
    requireUsable(data);
    var own = System.getProperty(STATE);
    var state = own == null ? StackState.demo() : StackState.named(own);
    var options =
        new DemoOptions(
            act, Optional.ofNullable(data), department(), keep, Boolean.getBoolean(BREAK_A_CHECK));
    var control = new StackControl(state);
    try (var alone = alone(state)) {
      new KeptState(state).requireGone(fresh);
      return play(new Stage(new Story(narrator(System.out)), state, options), control);
    }
  }

  /** A second demo here would empty the state of the first. */
  private static FileLocks.Held alone(StackState state) {
    return FileLocks.tryHold(state.playing())
        .orElseThrow(() ->
            new CommandFault(
                ExitCode.FAILED,
                "此目录中另一个演示正在运行；请等它结束",
                "another demo is running in this directory; wait until it has ended"));
  }

  private int play(Stage stage, StackControl control) {
    var stopping = new Thread(control::down, "stop the demo's stack");
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      return new Play(stage).run().status();
    } finally {
      removed(stopping);
      // What did not come up is of no use to anybody, and would be in the way of the next start.
      if (!keep || control.report().filter(report -> report.phase() == Phase.READY).isEmpty()) {
        control.down();
      } else {
        new KeptState(stage.state()).keep();
      }
    }
  }

  /** Who decides about the user's own file: a file of declarations, a person, or the demo. */
  private Department department() throws IOException {
    var acting = new ActingDepartment(Optional.ofNullable(zone).map(DemoCommand::parsed));
    if (declarations != null) {
      return new DeclaredDepartment(Declarations.read(declarations), acting);
    }
    return data != null && Interview.isPossible()
        ? new AskedDepartment(new Interview(System.in, System.err, language()), acting)
        : acting;
  }

  private static ZoneId parsed(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "不是 IANA 时区名：" + zone + "，例如 Asia/Shanghai",
          "no IANA zone: " + zone + "; one is Asia/Shanghai");
    }
  }

  /** Says so before everything is started for nothing. */
  private static void requireUsable(@Nullable Path file) throws IOException {
    if (file == null) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    if (Files.size(file) == 0) {
      throw new CommandFault(ExitCode.USAGE, "文件是空的：" + file, "the file is empty: " + file);
    }
  }

  private Narrator narrator(PrintStream out) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return json ? new JsonNarrator(out, System.err) : new PlainNarrator(out, language(), terminal);
  }

  private Language language() {
    return weir == null ? UserLanguage.ofSystem() : weir.language();
  }

  private static void removed(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does its work.
    }
  }
}
