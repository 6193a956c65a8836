package dev.weir.space.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;

/** Things as JSON documents: in rows, and as the RFC 8785 bytes that parties sign. */
public final class Documents {
  private static final ObjectMapper MAPPER = Json.mapper();

  private Documents() {}

  public static String write(Object thing) {
    try {
      return MAPPER.writeValueAsString(thing);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a thing of ours has a JSON form", e);
    }
  }

  public static <T> T read(String document, Class<T> type) {
    try {
      return MAPPER.readValue(document, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored document is readable", e);
    }
  }

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} when a number has more
   *     digits than the signed form can carry
   */
  public static byte[] canonical(Object thing) {
    try {
      return Json.canonical(thing);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A number has more digits than the signed form (RFC 8785) can carry without changing it.");
    }
  }
}
