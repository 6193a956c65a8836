package dev.weir.runtime.config;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/**
 * What a log line says. Our own lines are written to be published; of a library's line only the
 * fixed text, numbers and constants stay, since its other values may be data.
 */
final class ForeignMessage {
  private static final String OURS = "dev.weir";
  private static final String TAKEN_OUT = "…";

  private ForeignMessage() {}

  static String of(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    if (event.getLoggerName().startsWith(OURS) || arguments == null) {
      return String.valueOf(event.getFormattedMessage());
    }
    Object[] kept = Arrays.stream(arguments).map(ForeignMessage::kept).toArray();
    return String.valueOf(MessageFormatter.basicArrayFormat(event.getMessage(), kept));
  }

  private static Object kept(@Nullable Object argument) {
    return argument instanceof Number || argument instanceof Boolean || argument instanceof Enum
        ? argument
        : TAKEN_OUT;
  }
}
