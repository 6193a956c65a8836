package dev.weir.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/** A problem a service answered with (RFC 9457). */
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "urn:weir:problem:";

  private final int status;
  private final transient JsonNode body;

  /** A problem as a service answered it. */
  public ApiProblem(int status, JsonNode body) {
    super(body.path("title").asText("HTTP " + status) + ": " + body.path("detail").asText());
    this.status = status;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** The name in {@code urn:weir:problem:<name>}, empty when the answer was not one of ours. */
  public String slug() {
    String type = body.path("type").asText();
    return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "";
  }

  public JsonNode body() {
    return body;
  }
}
