package dev.weir.runtime.http;

import dev.weir.kernel.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what went wrong under its correlation id; the log's layout leaves out what exceptions say.
 */
final class Faults {
  private static final Logger log = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  static void log(ProblemType type, String correlation, Throwable thrown) {
    if (type == ProblemType.NOT_READY) {
      log.info("not ready instance={}", correlation);
    } else if (type == ProblemType.UNAVAILABLE) {
      log.warn("problem type={} status={} instance={}", type.slug(), type.status(), correlation);
    } else if (type.status() >= 500) {
      log.error("fault type={} instance={}", type.slug(), correlation, thrown);
    } else {
      log.debug("problem type={} status={} instance={}", type.slug(), type.status(), correlation);
    }
  }
}
