package dev.weir.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error answer after RFC 9457, before it knows its correlation id. Immutable.
 *
 * @param extensions further members of the body
 * @param headers further response headers, such as {@code Allow}
 */
record Problem(
    ProblemType type, String detail, Map<String, Object> extensions, Map<String, String> headers) {
  static final String MEDIA_TYPE = "application/problem+json";

  /** Member and source of the header: whole seconds until the caller may come back. */
  static final String RETRY_AFTER = "retryAfterSeconds";

  private static final ObjectMapper MAPPER = Json.mapper();

  Problem {
    extensions = Map.copyOf(extensions);
    headers = Map.copyOf(headers);
  }

  static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, Map.of(), retry(type));
  }

  static Problem of(ProblemException e) {
    var problem = new Problem(e.type(), e.detail(), e.extensions(), retry(e.type()));
    return e.extensions().get(RETRY_AFTER) instanceof Integer seconds
        ? problem.withHeader("Retry-After", seconds.toString())
        : problem;
  }

  /** What the container means by a bare status code. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> unauthenticated();
      case 403 -> of(ProblemType.FORBIDDEN, "The caller may not do this.");
      case 404 -> of(ProblemType.NOT_FOUND, "There is nothing at this address for the caller.");
      case 405 -> of(ProblemType.METHOD_NOT_ALLOWED, "See the header Allow or /openapi.yaml.");
      case 406 -> of(ProblemType.NOT_ACCEPTABLE, "Accept application/json.");
      case 408 -> of(ProblemType.REQUEST_TIMEOUT, "Send the request again, and faster.");
      case 413 -> of(ProblemType.BODY_TOO_LARGE, "Send a smaller body.");
      case 415 ->
          of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "Send an uncompressed body of the media type that /openapi.yaml names here.");
      case 429 -> of(ProblemType.TOO_MANY_REQUESTS, "Wait before asking again.");
      case 414, 431 -> of(ProblemType.HEADERS_TOO_LARGE, "Send less than 8 KiB of headers.");
      case 503 -> of(ProblemType.UNAVAILABLE, "Ask again after the time in Retry-After.");
      default ->
          status >= 500 && status != 501 && status != 505
              ? of(ProblemType.INTERNAL, "Give the instance to whoever runs the service.")
              : of(ProblemType.INVALID_REQUEST, "The request does not follow HTTP as we take it.");
    };
  }

  static Problem unauthenticated() {
    return of(ProblemType.UNAUTHENTICATED, "Send Authorization: Bearer with a valid access token.");
  }

  Problem withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail, extensions, more);
  }

  /**
   * @param language of the detail; the title never varies
   * @param correlation UUID that the log carries too
   */
  byte[] json(Language language, String correlation) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", type.urn());
    body.put("title", type.title());
    body.put("status", type.status());
    body.put("detail", Details.in(language, detail));
    body.put("instance", "urn:uuid:" + correlation);
    extensions.forEach(body::putIfAbsent);
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem holds plain values only", e);
    }
  }

  private static Map<String, String> retry(ProblemType type) {
    return switch (type.status()) {
      case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"weir\"");
      case 429, 503 -> Map.of("Retry-After", "2");
      default -> Map.of();
    };
  }
}
