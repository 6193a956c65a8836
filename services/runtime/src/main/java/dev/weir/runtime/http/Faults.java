package dev.weir.runtime.http;

import dev.weir.kernel.ProblemType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what went wrong under its correlation id; messages of exceptions may quote data and stay
 * out.
 */
final class Faults {
  private static final Logger log = LoggerFactory.getLogger(Faults.class);
  private static final int MAX_CAUSES = 8;
  private static final int MAX_FRAMES = 16;

  private Faults() {}

  static void log(ProblemType type, String correlation, Throwable thrown) {
    if (type.status() >= 500) {
      log.error("fault type={} instance={}", type.slug(), correlation, withoutMessages(thrown, 0));
    } else {
      log.debug("problem type={} status={} instance={}", type.slug(), type.status(), correlation);
    }
  }

  private static Trace withoutMessages(Throwable thrown, int depth) {
    var cause = thrown.getCause();
    var trace =
        cause == null || depth == MAX_CAUSES
            ? new Trace(thrown, null)
            : new Trace(thrown, withoutMessages(cause, depth + 1));
    trace.setStackTrace(
        Arrays.stream(thrown.getStackTrace()).limit(MAX_FRAMES).toArray(StackTraceElement[]::new));
    return trace;
  }

  /** The class names and frames of an exception, and nothing of its message. */
  private static final class Trace extends Throwable {
    private static final long serialVersionUID = 1L;

    Trace(Throwable of, @Nullable Throwable cause) {
      super(of.getClass().getName(), cause);
    }
  }
}
