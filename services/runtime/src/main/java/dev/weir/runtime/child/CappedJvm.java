package dev.weir.runtime.child;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The command line of a small JVM with limits by {@code prlimit} and no network by {@code unshare},
 * each where the machine has it and allows it without privileges. Immutable.
 *
 * @param heapMb Java heap
 * @param directMb direct buffers
 * @param addressSpaceMb everything mapped
 * @param cpu processor time in all; empty for a process that lasts
 */
public record CappedJvm(int heapMb, int directMb, int addressSpaceMb, Optional<Duration> cpu) {
  private static final String PRLIMIT = "/usr/bin/prlimit";
  private static final String UNSHARE = "/usr/bin/unshare";
  private static final boolean CAN_UNSHARE = canRun(List.of(UNSHARE, "-n", "--", "/bin/true"));

  /**
   * @param main what to run
   * @param classes one class of each place that the child loads from; {@code main}'s is added
   */
  public List<String> command(Path workDirectory, Class<?> main, List<String> classes) {
    var command = new ArrayList<String>();
    if (CAN_UNSHARE) {
      command.addAll(List.of(UNSHARE, "-n", "--"));
    }
    if (Files.isExecutable(Path.of(PRLIMIT))) {
      command.addAll(List.of(PRLIMIT, "--as=" + ((long) addressSpaceMb << 20)));
      cpu.ifPresent(most -> command.add("--cpu=" + most.toSeconds()));
      command.addAll(List.of("--core=0", "--nofile=256", "--"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMb + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=" + directMb + "m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:ErrorFile=/dev/null",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + workDirectory,
            "-cp",
            classPath(main, classes),
            main.getName()));
    return List.copyOf(command);
  }

  /** Far fewer places than the service has. */
  private static String classPath(Class<?> main, List<String> classes) {
    var places = new LinkedHashSet<String>();
    places.add(place(main));
    for (String name : classes) {
      try {
        places.add(place(Class.forName(name, false, main.getClassLoader())));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("a child's classes are not where they should be", e);
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a child's classes are not where they should be", e);
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
