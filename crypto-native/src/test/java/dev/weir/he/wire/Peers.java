package dev.weir.he.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Foreign SEALs, fetched by name and hash into the build's cache. */
final class Peers {
  private static final Path HOME =
      Path.of(System.getProperty("weir.root"), "crypto-native", "peers");

  private Peers() {}

  /** Where the peer is; empty when it cannot be had. */
  static Optional<Path> fetch(String name) throws Exception {
    var command = List.of(script("prepare").toString(), name, System.getProperty("weir.cache"));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ready = process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
    return ready ? Optional.of(Path.of(said.strip())) : Optional.empty();
  }

  static Path script(String name) {
    return HOME.resolve(name);
  }

  /** SEAL's name of a compression. */
  static String name(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT);
  }

  static int run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).inheritIO().start();
    return process.waitFor(5, TimeUnit.MINUTES) ? process.exitValue() : -1;
  }
}
