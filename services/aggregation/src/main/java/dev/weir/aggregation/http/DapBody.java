package dev.weir.aggregation.http;

import dev.weir.dap.DapMediaType;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Locale;

/** Media types of requests. */
public final class DapBody {
  private DapBody() {}

  /**
   * @param contentType as sent; case, spaces, quotes and further parameters do not matter
   * @throws ProblemException of type {@code UNSUPPORTED_MEDIA_TYPE} when it names another message
   */
  public static void require(String contentType, DapMediaType expected) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean named = false;
    for (int i = 1; i < parts.length; i++) {
      named |= parts[i].strip().replace("\"", "").equals("message=" + expected.message());
    }
    if (!named || !parts[0].strip().equals(DapMediaType.ESSENCE)) {
      throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send " + expected + " here.");
    }
  }
}
