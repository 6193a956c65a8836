package dev.weir.runtime.config;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.logging.json.EventAttribute;
import io.dropwizard.logging.json.EventJsonLayoutBaseFactory;
import java.util.EnumSet;
import java.util.List;

/** One JSON object a line; other people's libraries speak up only from WARN. */
final class JsonLogging {
  private JsonLogging() {}

  static DefaultLoggingFactory toStandardOutput() {
    var layout = new EventJsonLayoutBaseFactory();
    layout.setIncludes(
        EnumSet.of(
            EventAttribute.TIMESTAMP,
            EventAttribute.LEVEL,
            EventAttribute.LOGGER_NAME,
            EventAttribute.MESSAGE,
            EventAttribute.MDC,
            EventAttribute.EXCEPTION));
    layout.setFlattenMdc(true);
    var console = new ConsoleAppenderFactory<ILoggingEvent>();
    console.setLayout(layout);
    var logging = new DefaultLoggingFactory();
    logging.setLevel("WARN");
    logging.setLoggers(
        java.util.Map.of("dev.weir", com.fasterxml.jackson.databind.node.TextNode.valueOf("INFO")));
    logging.setAppenders(List.of(console));
    return logging;
  }
}
