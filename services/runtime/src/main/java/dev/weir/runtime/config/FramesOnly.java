package dev.weir.runtime.config;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An exception in a log line: the types of it and its causes, their first frames and the SQLSTATE.
 * Never a message, for it may quote what somebody sent or stored.
 */
final class FramesOnly extends ThrowableHandlingConverter {
  private static final int MAX_CAUSES = 8;
  private static final int MAX_FRAMES = 16;

  @Override
  public String convert(ILoggingEvent event) {
    var text = new StringBuilder();
    IThrowableProxy thrown = event.getThrowableProxy();
    for (int depth = 0; thrown != null && depth < MAX_CAUSES; depth++) {
      text.append(depth == 0 ? "" : "Caused by: ").append(thrown.getClassName());
      text.append(sqlState(thrown)).append('\n');
      Arrays.stream(thrown.getStackTraceElementProxyArray())
          .limit(MAX_FRAMES)
          .forEach(frame -> text.append("  ").append(frame.getSTEAsString()).append('\n'));
      thrown = thrown.getCause();
    }
    return text.toString();
  }

  private static String sqlState(IThrowableProxy thrown) {
    @Nullable String state =
        thrown instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof SQLException sql
            ? sql.getSQLState()
            : null;
    return state != null && state.matches("[0-9A-Z]{5}") ? " sqlState=" + state : "";
  }
}
