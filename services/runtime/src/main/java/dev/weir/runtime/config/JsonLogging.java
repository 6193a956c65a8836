package dev.weir.runtime.config;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import java.util.List;
import java.util.Map;

/** One JSON object a line; other people's libraries speak up only from WARN. */
final class JsonLogging {
  private JsonLogging() {}

  static DefaultLoggingFactory toStandardOutput() {
    var console = new ConsoleAppenderFactory<ILoggingEvent>();
    console.setLayout(new RedactedLayout());
    var logging = new DefaultLoggingFactory();
    logging.setLevel("WARN");
    logging.setLoggers(
        Map.of(
            "dev.weir",
            TextNode.valueOf("INFO"),
            // It writes a page for every parameter that a caller got wrong, beside our own line.
            "org.glassfish.jersey.internal.Errors",
            TextNode.valueOf("ERROR")));
    logging.setAppenders(List.of(console));
    return logging;
  }
}
