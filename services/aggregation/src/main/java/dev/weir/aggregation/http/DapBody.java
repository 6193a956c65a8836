package dev.weir.aggregation.http;

import dev.weir.dap.DapMediaType;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of requests. */
public final class DapBody {
  private DapBody() {}

  /**
   * @param contentType as sent, null when there is none; case, spaces, quotes and further
   *     parameters do not matter
   * @throws ProblemException of type {@code UNSUPPORTED_MEDIA_TYPE} when it does not name the
   *     message
   */
  public static void require(@Nullable String contentType, DapMediaType expected) {
    if (contentType == null || !names(contentType, expected)) {
      throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send " + expected + " here.");
    }
  }

  private static boolean names(String contentType, DapMediaType expected) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean named = false;
    for (int i = 1; i < parts.length; i++) {
      named |= parts[i].strip().replace("\"", "").equals("message=" + expected.message());
    }
    return named && parts[0].strip().equals(DapMediaType.ESSENCE);
  }
}
