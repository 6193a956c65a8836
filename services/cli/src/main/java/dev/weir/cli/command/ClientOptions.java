package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.Profile;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.output.Output;
import dev.weir.cli.stack.StackControl;
import dev.weir.cli.stack.StackState;
import dev.weir.kernel.Bilingual.Language;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that calls a service, and the call itself. */
public final class ClientOptions {
  @Option(
      names = "--as",
      paramLabel = "ACCOUNT",
      description = "account of the stack in .weir, such as department-officer / 使用 .weir 中的账户")
  private @Nullable String account;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "profile file; default: WEIR_PROFILE, then ~/.config/weir/profile.json"
              + " / 账户配置文件，默认取 WEIR_PROFILE，再取 ~/.config/weir/profile.json")
  private @Nullable Path profile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table, json, jsonl or csv; default: table / 输出形式，默认 table")
  private Output.Format output = Output.Format.TABLE;

  @Option(names = "--json", description = "the same as --output json / 等同于 --output json")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  public WeirClient client() {
    Path file = profileFile();
    try {
      return new WeirClient(Profile.read(file), language());
    } catch (NoSuchFileException e) {
      if (account != null && profile == null) {
        throw Accounts.missing(account, file, stacks());
      }
      throw unreadable(file);
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  private static CommandFault unreadable(Path file) {
    return new CommandFault(
        ExitCode.USAGE,
        "读不到账户配置 " + file + "；用 --as 指定账户（需先 ./weir up）或用 --profile 指定文件",
        "there is no profile at "
            + file
            + "; name an account with --as (after ./weir up) or a file with --profile");
  }

  private static Map<String, Path> stacks() {
    var stacks = new LinkedHashMap<String, Path>();
    for (StackState state : List.of(StackState.lasting(), StackState.demo())) {
      Path profiles = state.profiles();
      stacks.put(state.root().relativize(profiles).toString(), profiles);
    }
    return stacks;
  }

  /** Reads one thing and shows it. */
  int get(String service, String path) {
    return show(client().get(service, path));
  }

  /** Takes a step that needs no body and shows what came of it. */
  int post(String service, String path) {
    return show(client().post(service, path));
  }

  /** Takes a step and shows what came of it. */
  int post(String service, String path, Object body) {
    return show(client().post(service, path, body));
  }

  /**
   * Lists a paged collection.
   *
   * @param path with its filter, if any
   * @param fields shown in a table
   */
  public int list(String service, String path, String... fields) {
    return show(client().list(service, path), fields);
  }

  public Output output() {
    return new Output(form(), System.out);
  }

  /** Shows one item. */
  public int show(JsonNode item) {
    output().one(item);
    return ExitCode.OK.status();
  }

  /** Shows items: whole as JSON, the fields named otherwise. */
  int show(List<JsonNode> items, String... fields) {
    if (items.isEmpty() && form() == Output.Format.TABLE) {
      System.out.println(language() == Language.ZH ? "（无）" : "(none)");
    } else {
      output().items(whole() || fields.length == 0 ? items : Fields.of(items, language(), fields));
    }
    return ExitCode.OK.status();
  }

  /** Whether the answer is for a program that wants all of it. */
  public boolean whole() {
    return form() == Output.Format.JSON || form() == Output.Format.JSONL;
  }

  public Output.Format form() {
    return json ? Output.Format.JSON : output;
  }

  public Language language() {
    return Spoken.of(command);
  }

  /** The lasting stack, unless only the demo's is up. */
  private static StackState running() {
    boolean demoAlone =
        new StackControl(StackState.lasting()).report().isEmpty()
            && new StackControl(StackState.demo()).report().isPresent();
    return demoAlone ? StackState.demo() : StackState.lasting();
  }

  private Path profileFile() {
    if (profile != null) {
      return profile;
    }
    if (account != null) {
      return running().profile(account);
    }
    String variable = System.getenv("WEIR_PROFILE");
    return variable == null
        ? Path.of(System.getProperty("user.home"), ".config", "weir", "profile.json")
        : Path.of(variable);
  }
}
