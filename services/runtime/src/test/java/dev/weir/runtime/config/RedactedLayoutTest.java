package dev.weir.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.sql.SQLException;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedactedLayoutTest {
  private static final String CANARY = "canary-7f3a";
  private final LoggerContext context = new LoggerContext();

  @Test
  void exception_isItsTypesFramesAndSqlState_neverItsMessages() {
    var thrown =
        new IllegalStateException(
            CANARY, new SQLException("Detail: Key=(" + CANARY + ")", "23505"));
    String line = line("dev.weir.query.Runs", "run failed run={}", thrown, "r-1");
    assertThat(line)
        .doesNotContain(CANARY)
        .contains("run failed run=r-1")
        .contains("java.lang.IllegalStateException", "java.sql.SQLException sqlState=23505")
        .contains("Caused by: ")
        .contains("RedactedLayoutTest.exception_isItsTypes");
  }

  @Test
  void sqlState_thatIsNone_isLeftOut() {
    String line = line("dev.weir.x", "x", new SQLException("x", CANARY));
    assertThat(line).doesNotContain(CANARY).doesNotContain("sqlState=");
  }

  @Test
  void causesThatNeverEnd_areCutOff() {
    var first = new IllegalStateException("a");
    var second = new IllegalArgumentException("b", first);
    first.initCause(second);
    assertThat(line("dev.weir.x", "x", first).length()).isLessThan(20_000);
  }

  @Test
  void libraryLine_keepsItsTextAndNumbers_andLosesItsValues() {
    String line =
        line("org.eclipse.jetty.x", "bad {} of {} on {}", null, CANARY, 7, Level.WARN.toString());
    assertThat(line).contains("bad … of 7 on …").doesNotContain(CANARY);
  }

  @Test
  void correlationId_isInTheLine() {
    assertThat(line("dev.weir.x", "x", null)).contains("\"instance\":\"id-1\"");
  }

  private String line(
      String logger, String message, @Nullable Throwable thrown, Object... arguments) {
    var event =
        new LoggingEvent("none", context.getLogger(logger), Level.WARN, message, thrown, arguments);
    event.setMDCPropertyMap(Map.of("instance", "id-1"));
    var layout = new RedactedLayout().build(context, TimeZone.getTimeZone("UTC"));
    layout.start();
    return layout.doLayout(event);
  }
}
