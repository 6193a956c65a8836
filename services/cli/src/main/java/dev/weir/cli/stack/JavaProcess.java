package dev.weir.cli.stack;

import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.embedded.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a class of ours in a JVM of its own, in a session of its own, writing to a log of its own,
 * with a mark by which a later run can find it.
 */
final class JavaProcess {

  private JavaProcess() {}

  static Process start(
      StackState state, String part, String main, List<String> options, List<String> arguments) {
    var command = new ArrayList<String>(List.of("setsid"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(common(state));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    OwnerOnly.directory(state.logs());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(state.log(part).toFile()));
    try {
      Process process = builder.start();
      ProcessMark.of(process.toHandle()).write(state.mark(part));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> common(StackState state) {
    var options =
        new ArrayList<String>(
            List.of(
                "-Dweir.root=" + state.root(),
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.weir",
                "-Djava.net.preferIPv4Stack=true",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError"));
    Optional.ofNullable(System.getProperty("weir.data"))
        .ifPresent(data -> options.add("-Dweir.data=" + data));
    return options;
  }
}
