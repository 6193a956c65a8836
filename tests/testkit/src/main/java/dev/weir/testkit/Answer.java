package dev.weir.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a service answered. Immutable. */
public record Answer(int status, HttpHeaders headers, String body) {

  public JsonNode json() {
    try {
      return Json.mapper().readTree(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError("the answer is not JSON: " + status, e);
    }
  }

  public <T> T as(Class<T> type) {
    try {
      return Json.mapper().readValue(body.getBytes(StandardCharsets.UTF_8), type);
    } catch (IOException e) {
      throw new AssertionError("the answer is not a " + type.getSimpleName() + ": " + body, e);
    }
  }

  public String mediaType() {
    return headers.firstValue("Content-Type").orElse("");
  }

  /** True for a problem document of exactly this type. */
  public boolean is(ProblemType type) {
    return status == type.status()
        && mediaType().equals("application/problem+json")
        && json().path("type").asText().equals(type.urn());
  }
}
