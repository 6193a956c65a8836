package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.Profile;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.output.Output;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that calls a service. */
public final class ClientOptions {
  @Option(
      names = "--as",
      paramLabel = "ACCOUNT",
      description = "account of the stack in .weir, such as department-officer / 使用 .weir 中的账户")
  private @Nullable String account;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "profile file; default: WEIR_PROFILE / 配置文件")
  private @Nullable Path profile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table, json, jsonl or csv / 输出形式")
  private Output.Format output = Output.Format.TABLE;

  @Option(names = "--lang", paramLabel = "LANG", description = "zh or en / 语言")
  private Language language = systemLanguage();

  public WeirClient client() {
    try {
      return new WeirClient(Profile.read(profileFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no profile can be read; name one with --profile, or an account with --as", e);
    }
  }

  public Output output() {
    return new Output(output, System.out);
  }

  /** Shows one item. */
  int show(JsonNode item) {
    output().one(item);
    return ExitCode.OK.status();
  }

  /** Shows items: whole as JSON, the fields named otherwise. */
  int show(List<JsonNode> items, String... fields) {
    boolean whole = output == Output.Format.JSON || output == Output.Format.JSONL;
    output().items(whole ? items : Fields.of(items, language, fields));
    return ExitCode.OK.status();
  }

  public Output.Format form() {
    return output;
  }

  public Language language() {
    return language;
  }

  public String text(Bilingual text) {
    return text.in(language);
  }

  private Path profileFile() {
    String variable = System.getenv("WEIR_PROFILE");
    if (profile != null) {
      return profile;
    }
    if (account != null) {
      Path root = Path.of(System.getProperty("weir.root", ""));
      return root.resolve(".weir").resolve("state").resolve("profiles").resolve(account + ".json");
    }
    if (variable != null) {
      return Path.of(variable);
    }
    return Path.of(System.getProperty("user.home"), ".config", "weir", "profile.json");
  }

  private static Language systemLanguage() {
    return Locale.getDefault().getLanguage().equals("zh") ? Language.ZH : Language.EN;
  }
}
