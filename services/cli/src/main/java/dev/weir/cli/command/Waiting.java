package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.client.WeirClient;
import java.util.Set;
import java.util.function.Consumer;

/** Follows work that goes on at a service until it has ended. */
public final class Waiting {
  private static final long POLL_MILLIS = 250;
  private static final Set<String> UNFINISHED = Set.of("QUEUED", "RUNNING", "PENDING", "PROFILING");

  private Waiting() {}

  /**
   * @param watching told each state seen
   */
  public static JsonNode forSource(WeirClient client, String id, Consumer<JsonNode> watching)
      throws InterruptedException {
    return until(client, "/v1/sources/" + UrlPath.segment(id), watching);
  }

  /**
   * @param watching told each state seen
   */
  public static JsonNode forRun(WeirClient client, JsonNode run, Consumer<JsonNode> watching)
      throws InterruptedException {
    return until(client, "/v1/runs/" + UrlPath.segment(run.path("id").asText()), watching);
  }

  static boolean isOver(JsonNode work) {
    return !UNFINISHED.contains(work.path("status").asText());
  }

  private static JsonNode until(WeirClient client, String path, Consumer<JsonNode> watching)
      throws InterruptedException {
    while (true) {
      JsonNode state = client.get("intake", path);
      watching.accept(state);
      if (isOver(state)) {
        return state;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
