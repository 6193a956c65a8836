package dev.weir.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The npm package in a process of its own, as a page runs it: its secret keys are made and stay
 * there. Talks in lines of JSON. Confined to one thread.
 */
public final class PageClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PACKAGE =
      Path.of(System.getProperty("weir.root"), "crypto-native", "npm");
  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "weir");
  private static final long STAGE_MINUTES = 5;

  private final Process process;
  private final BufferedWriter out;
  private final BufferedReader in;

  private PageClient(Process process) {
    this.process = process;
    this.out = process.outputWriter(StandardCharsets.UTF_8);
    this.in = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param directory an empty one, where the package is put together
   * @param mode of {@code test/conversation.mjs}
   * @return empty when its dependencies cannot be fetched here
   */
  public static Optional<PageClient> start(Path directory, String mode) throws IOException {
    var node = stage(directory);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    var command = List.of(node.get(), directory.resolve("test/conversation.mjs").toString(), mode);
    return Optional.of(
        new PageClient(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()));
  }

  /**
   * Puts the package together.
   *
   * @param directory an empty one
   * @return the node to run it with; empty when its dependencies cannot be fetched here
   */
  public static Optional<String> stage(Path directory) throws IOException {
    var stage =
        new ProcessBuilder(
                PACKAGE.resolve("stage").toString(), directory.toString(), CACHE.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String node = text(stage.getInputStream()).strip();
    return ended(stage) && stage.exitValue() == 0 ? Optional.of(node) : Optional.empty();
  }

  public void say(Object value) throws IOException {
    out.write(JSON.writeValueAsString(value));
    out.newLine();
    out.flush();
  }

  /**
   * @throws IOException when it ended instead
   */
  public JsonNode hear() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the page ended without an answer");
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(STAGE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
