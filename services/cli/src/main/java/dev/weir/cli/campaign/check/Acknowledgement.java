package dev.weir.cli.campaign.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something a client was told, one JSON object a line of the history.
 *
 * @param kind query, run, contract or checkpoint
 * @param id of the thing; the size of a checkpoint
 * @param state as it was told
 * @param receipt leaf of a released answer, root of a checkpoint; else empty
 * @param fen charged for it
 */
public record Acknowledgement(String kind, String id, String state, String receipt, long fen) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public String line() {
    return JSON.valueToTree(
            Map.of("kind", kind, "id", id, "state", state, "receipt", receipt, "fen", fen))
        .toString();
  }

  static List<Acknowledgement> read(Path history) throws IOException {
    var all = new ArrayList<Acknowledgement>();
    for (String line : Files.exists(history) ? Files.readAllLines(history) : List.<String>of()) {
      JsonNode one = JSON.readTree(line);
      all.add(
          new Acknowledgement(
              one.path("kind").asText(),
              one.path("id").asText(),
              one.path("state").asText(),
              one.path("receipt").asText(),
              one.path("fen").asLong()));
    }
    return all;
  }
}
