package dev.weir.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the body of a request that is too large for a command line. */
final class JsonBody {
  private JsonBody() {}

  /**
   * @param file JSON; {@code -} reads standard input
   */
  static JsonNode read(Path file) throws IOException {
    byte[] bytes =
        file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
    try {
      return Json.mapper().readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON, at line " + e.getLocation().getLineNr(), e);
    }
  }
}
