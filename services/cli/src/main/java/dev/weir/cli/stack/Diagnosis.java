package dev.weir.cli.stack;

import dev.weir.he.HeLibrary;
import dev.weir.runtime.embedded.EmbeddedVersions;
import dev.weir.runtime.embedded.LoopbackPorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Looks at this machine: programs, memory, disk, ports and what the cache holds. */
final class Diagnosis {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+");
  private static final long MIB = 1024 * 1024;
  private static final long MIN_MEMORY_MIB = 4 * 1024;
  private static final long MIN_DISK_MIB = 3 * 1024;

  private final StackState state;

  Diagnosis(StackState state) {
    this.state = state;
  }

  /**
   * One thing that was looked at.
   *
   * @param advice what to do when it is not well; empty otherwise
   */
  record Finding(String name, boolean ok, String found, String advice) {}

  List<Finding> findings() throws IOException {
    var findings = new ArrayList<Finding>();
    int java = Runtime.version().feature();
    findings.add(
        finding("jdk", java >= 25, Runtime.version().toString(), "set JAVA_HOME to a JDK 25"));
    findings.add(program("mvn", "maven", "--version"));
    findings.add(program("npm", "npm", "--version"));
    findings.add(program("g++", "g++", "--version"));
    findings.add(program("cmake", "cmake", "--version"));
    findings.add(program("python3", "python3", "--version"));
    findings.add(program("openssl", "openssl", "version"));
    findings.add(program("setsid", "util-linux", "--version"));
    findings.add(program("unshare", "util-linux", "--version"));
    findings.add(browser());
    findings.add(memory());
    findings.add(disk());
    findings.addAll(ports());
    findings.add(cached("postgresql", "postgresql-" + EmbeddedVersions.POSTGRESQL));
    findings.add(cached("keycloak", "keycloak-" + EmbeddedVersions.KEYCLOAK));
    findings.add(new Finding("kafka", true, EmbeddedVersions.KAFKA + ", in the launcher", ""));
    findings.add(encryption());
    return findings;
  }

  private static Finding encryption() {
    try {
      var library = HeLibrary.loaded();
      var found = library.origin() + ", kernel " + library.kernel().label();
      return new Finding("seal", true, found, "");
    } catch (IllegalStateException e) {
      return finding("seal", false, "absent", "build on this machine: ./weir verify");
    }
  }

  private static Finding finding(String name, boolean ok, String found, String advice) {
    return new Finding(name, ok, found, ok ? "" : advice);
  }

  private static Finding program(String name, String debianPackage, String option) {
    String version = firstLine(name, option);
    return finding(
        name,
        !version.isEmpty(),
        version.isEmpty() ? "absent" : version,
        "apt-get install " + debianPackage);
  }

  /** Tests of pages only: nothing else is the worse for its absence. */
  private static Finding browser() {
    String version = firstLine("chromium", "--version");
    return new Finding(
        "chromium",
        true,
        version.isEmpty()
            ? "absent: tests in a browser are skipped; apt-get install chromium"
            : version,
        "");
  }

  private static Finding memory() throws IOException {
    long availableMib =
        Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(line -> line.startsWith("MemAvailable:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
            .findFirst()
            .orElse(0);
    return finding(
        "memory",
        availableMib >= MIN_MEMORY_MIB,
        availableMib + " MiB available",
        "free at least " + MIN_MEMORY_MIB + " MiB");
  }

  private Finding disk() throws IOException {
    long freeMib = Files.getFileStore(state.root()).getUsableSpace() / MIB;
    return finding("disk", freeMib >= MIN_DISK_MIB, freeMib + " MiB free", "free at least 3 GiB");
  }

  /** A taken port is no fault: the next start chooses another. */
  private List<Finding> ports() {
    if (new StackControl(state).report().isPresent()) {
      return List.of(new Finding("ports", true, "in use by this stack", ""));
    }
    long taken =
        StackPorts.read(state.directory()).byName().values().stream()
            .filter(port -> !LoopbackPorts.isFree(port))
            .count();
    return List.of(
        new Finding("ports", true, taken + " of last time taken; others would be chosen", ""));
  }

  private Finding cached(String name, String directory) {
    boolean there = Files.isDirectory(state.cache().resolve(directory));
    return new Finding(name, true, directory + (there ? "" : ", not unpacked yet"), "");
  }

  private static String firstLine(String program, String option) {
    try {
      var process = new ProcessBuilder(program, option).redirectErrorStream(true).start();
      try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
        var lines = reader.lines().toList();
        boolean ended = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        // Scripts around a program may complain first.
        var version = lines.stream().filter(line -> VERSION.matcher(line).find()).findFirst();
        return ended && !lines.isEmpty()
            ? COLOUR.matcher(version.orElse(lines.getFirst())).replaceAll("")
            : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
