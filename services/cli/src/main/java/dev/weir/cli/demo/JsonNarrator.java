package dev.weir.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object a line: {@code {"act","step","ok","seconds","figures":{}}}, the last one a
 * summary. Work under way is told beside them, on the error stream.
 */
final class JsonNarrator implements Narrator {
  private static final ObjectMapper JSON = Json.mapper();

  private final PrintStream out;
  private final PrintStream beside;
  private final News news = new News();
  private String act = "";

  /**
   * @param beside for people who watch; never JSON
   */
  JsonNarrator(PrintStream out, PrintStream beside) {
    this.out = out;
    this.beside = beside;
  }

  @Override
  public void act(String name, Bilingual title) {
    act = name;
  }

  @Override
  public void step(String step, Bilingual text, double seconds, Map<String, Object> figures) {
    line(step, true, seconds, figures);
  }

  @Override
  public void check(String step, Bilingual text, boolean holds, Map<String, Object> figures) {
    var told = new TreeMap<>(figures);
    if (!holds) {
      told.putIfAbsent("why", text.en());
    }
    line(step, holds, 0, told);
  }

  @Override
  public void progress(Bilingual what, long done, long total) {
    news.told(what).ifPresent(text -> beside.println("… " + text.en()));
  }

  @Override
  public void note(Bilingual text) {}

  @Override
  public void summary(int checks, int failed, double seconds) {
    var line = new LinkedHashMap<String, Object>();
    line.put("act", "summary");
    line.put("checks", checks);
    line.put("failed", failed);
    print(line);
  }

  private void line(String step, boolean ok, double seconds, Map<String, Object> figures) {
    var line = new LinkedHashMap<String, Object>();
    line.put("act", act);
    line.put("step", step);
    line.put("ok", ok);
    line.put("seconds", Math.round(seconds * 1000) / 1000.0);
    line.put("figures", figures);
    print(line);
  }

  private void print(Map<String, Object> line) {
    try {
      out.println(JSON.writeValueAsString(line));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures are plain values", e);
    }
  }
}
