package dev.weir.cli.stack;

import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir deploy-files}: writes the deployment files that follow from the catalogue. */
@Command(
    name = "deploy-files",
    description = "Write the generated part of deploy/. / 生成 deploy/ 中由目录导出的文件。",
    mixinStandardHelpOptions = true)
public final class DeployFilesCommand implements Callable<Integer> {
  @Parameters(defaultValue = "deploy", description = "directory to write to / 目标目录")
  private Path directory = Path.of("deploy");

  @Override
  public Integer call() throws IOException {
    for (Map.Entry<String, String> file : DeployFiles.render().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(".").normalize());
      Files.writeString(path, file.getValue());
      System.out.println(path);
    }
    return ExitCode.OK.status();
  }
}
