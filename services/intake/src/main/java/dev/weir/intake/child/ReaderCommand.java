package dev.weir.intake.child;

import dev.weir.intake.reader.ReaderMain;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line of a child: limits by {@code prlimit}, no network by {@code unshare}, each where
 * the machine has it and allows it, then a small JVM with only the classes it needs. Immutable.
 */
final class ReaderCommand {
  private static final String PRLIMIT = "/usr/bin/prlimit";
  private static final String UNSHARE = "/usr/bin/unshare";
  private static final boolean CAN_UNSHARE = canRun(List.of(UNSHARE, "-n", "--", "/bin/true"));
  private static final String CLASS_PATH = classPath();

  private ReaderCommand() {}

  static List<String> of(ReaderLimits limits, Path workDirectory) {
    var command = new ArrayList<String>();
    if (CAN_UNSHARE) {
      command.addAll(List.of(UNSHARE, "-n", "--"));
    }
    if (Files.isExecutable(Path.of(PRLIMIT))) {
      command.addAll(
          List.of(
              PRLIMIT,
              "--as=" + ((long) limits.addressSpaceMb() << 20),
              "--cpu=" + limits.cpu().toSeconds(),
              "--core=0",
              "--nofile=256",
              "--"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + limits.heapMb() + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=/dev/null",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + workDirectory,
            "-cp",
            CLASS_PATH,
            ReaderMain.class.getName()));
    return command;
  }

  /** The places of the classes that the child loads; far fewer than the service has. */
  private static String classPath() {
    var places = new LinkedHashSet<String>();
    for (String name :
        List.of(
            "dev.weir.intake.reader.ReaderMain",
            "dev.weir.kernel.Bilingual",
            "dev.weir.runtime.json.Json",
            "org.duckdb.DuckDBDriver",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "com.fasterxml.jackson.datatype.jdk8.Jdk8Module",
            "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule",
            "com.fasterxml.jackson.module.paramnames.ParameterNamesModule",
            "org.erdtman.jcs.JsonCanonicalizer")) {
      places.add(place(name));
    }
    return String.join(File.pathSeparator, places);
  }

  private static String place(String className) {
    try {
      var type = Class.forName(className, false, ReaderCommand.class.getClassLoader());
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("the reader's classes are not where they should be", e);
    }
  }

  private static boolean canRun(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
