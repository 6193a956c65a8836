package dev.weir.benchmarks.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;

/** One JSON object a line. */
public final class JsonReport implements Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  public JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void add(Measure measure) {
    var line = new LinkedHashMap<String, Object>();
    line.put("bench", measure.bench());
    line.put("measure", measure.measure());
    line.put("value", measure.value());
    line.put("unit", measure.unit());
    line.put("peer", measure.peer());
    line.put("peerValue", measure.peerValue());
    line.put("ratio", measure.ratio());
    try {
      out.println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
    out.flush();
  }
}
