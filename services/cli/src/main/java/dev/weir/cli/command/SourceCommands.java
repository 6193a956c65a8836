package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir source}: files on their way in. */
@Command(name = "source", description = "Source files / 数据源文件", mixinStandardHelpOptions = true)
public final class SourceCommands {
  @Command(
      name = "upload",
      description = "Upload a CSV or Parquet file / 上传 CSV 或 Parquet",
      mixinStandardHelpOptions = true)
  int upload(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "FILE", description = "the file / 文件") Path file)
      throws IOException {
    return options.show(
        options
            .client()
            .upload(
                "intake",
                "/v1/sources?name=" + UrlPath.segment(String.valueOf(file.getFileName())),
                file));
  }

  @Command(
      name = "profile",
      description = "Profile a source and propose its grading / 画像并建议分级",
      mixinStandardHelpOptions = true)
  int profile(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--encoding", description = "UTF-8 or GB18030 / 编码")
          @Nullable String encoding,
      @Option(names = "--delimiter", description = "of a CSV / 分隔符") @Nullable String delimiter,
      @Option(names = "--time-zone", description = "IANA zone of times that carry none / 时区")
          @Nullable String timeZone)
      throws InterruptedException {
    var client = options.client();
    var declared = new TreeMap<String, String>();
    put(declared, "encoding", encoding);
    put(declared, "delimiter", delimiter);
    put(declared, "timeZone", timeZone);
    client.post("intake", "/v1/sources/" + UrlPath.segment(id) + "/profile", declared);
    Waiting.forSource(client, id);
    return options.show(client.get("intake", "/v1/sources/" + UrlPath.segment(id) + "/profile"));
  }

  @Command(name = "show", description = "One source / 查看数据源", mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("intake", "/v1/sources/" + UrlPath.segment(id)));
  }

  @Command(name = "list", description = "Sources / 数据源列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.show(
        options.client().list("intake", "/v1/sources?limit=200"),
        "id",
        "name",
        "format",
        "status",
        "bytes",
        "rows");
  }

  private static void put(Map<String, String> declared, String name, @Nullable String value) {
    if (value != null) {
      declared.put(name, value);
    }
  }
}
