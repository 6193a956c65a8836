package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir source}: files on their way in. */
@Command(name = "source", description = "Source files / 数据源文件", mixinStandardHelpOptions = true)
public final class SourceCommands {
  private static final String SOURCES = "/v1/sources";

  @Command(
      name = "upload",
      description = "Upload a CSV or Parquet file / 上传 CSV 或 Parquet",
      mixinStandardHelpOptions = true)
  int upload(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "FILE", description = "the file / 文件") Path file)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    String name = UrlPath.segment(String.valueOf(file.getFileName()));
    return options.show(options.client().upload("intake", SOURCES + "?name=" + name, file));
  }

  @Command(
      name = "profile",
      description = "Profile a source and propose its grading / 画像并建议分级",
      mixinStandardHelpOptions = true)
  int profile(
      @Mixin ClientOptions options,
      @Mixin Id id,
      @Option(names = "--encoding", defaultValue = "", description = "UTF-8 or GB18030 / 编码")
          String encoding,
      @Option(names = "--delimiter", defaultValue = "", description = "of a CSV / 分隔符")
          String delimiter,
      @Option(
              names = "--time-zone",
              defaultValue = "",
              description = "IANA zone of times that carry none; never guessed / 时区，从不猜测")
          String timeZone)
      throws InterruptedException {
    var declared = new TreeMap<String, String>();
    declared.put("encoding", encoding);
    declared.put("delimiter", delimiter);
    declared.put("timeZone", timeZone);
    declared.values().removeIf(String::isEmpty);
    var client = options.client();
    client.post("intake", id.in(SOURCES) + "/profile", declared);
    Waiting.forSource(client, id.text(), WorkBar.ofProfile(options.language()));
    return ProfileTable.show(options, client.get("intake", id.in(SOURCES) + "/profile"));
  }

  @Command(name = "show", description = "One source / 查看数据源", mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("intake", id.in(SOURCES));
  }

  @Command(name = "list", description = "Sources / 数据源列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list("intake", SOURCES, "id", "name", "format", "status", "bytes", "rows");
  }
}
