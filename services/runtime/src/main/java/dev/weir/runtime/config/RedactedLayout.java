package dev.weir.runtime.config;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.dropwizard.logging.json.EventAttribute;
import io.dropwizard.logging.json.EventJsonLayoutBaseFactory;
import io.dropwizard.logging.json.layout.EventJsonLayout;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;

/**
 * JSON lines without what an exception says: {@link FramesOnly} writes types and frames, {@link
 * ForeignMessage} takes the values out of what other people's libraries say.
 */
final class RedactedLayout extends EventJsonLayoutBaseFactory {
  private static final String MESSAGE = "message";

  RedactedLayout() {
    setIncludes(
        EnumSet.of(
            EventAttribute.TIMESTAMP,
            EventAttribute.LEVEL,
            EventAttribute.LOGGER_NAME,
            EventAttribute.MESSAGE,
            EventAttribute.MDC,
            EventAttribute.EXCEPTION));
    setFlattenMdc(true);
  }

  @Override
  protected ThrowableHandlingConverter createThrowableProxyConverter(LoggerContext context) {
    return new FramesOnly();
  }

  @Override
  public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
    var layout =
        new EventJsonLayout(
            createDropwizardJsonFormatter(),
            createTimestampFormatter(timeZone),
            createThrowableProxyConverter(context),
            getIncludes(),
            Map.of(),
            Map.of(),
            getIncludesMdcKeys(),
            isFlattenMdc()) {
          @Override
          protected Map<String, Object> toJsonMap(ILoggingEvent event) {
            var line = new LinkedHashMap<>(super.toJsonMap(event));
            line.put(MESSAGE, ForeignMessage.of(event));
            return line;
          }
        };
    layout.setContext(context);
    return layout;
  }
}
