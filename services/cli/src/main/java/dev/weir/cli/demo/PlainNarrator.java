package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain words for a terminal, with bars, or for a file, with a line for each new piece of work. */
final class PlainNarrator implements Narrator {
  private static final int BAR_CELLS = 30;

  private final PrintStream out;
  private final Language language;
  private final boolean terminal;
  private final News news = new News();
  private boolean barOpen;
  private int act;

  PlainNarrator(PrintStream out, Language language, boolean terminal) {
    this.out = out;
    this.language = language;
    this.terminal = terminal;
  }

  @Override
  public void act(String name, Bilingual title) {
    act++;
    closeBar();
    out.println();
    out.println(act + ". " + title.in(language) + "  [" + name + "]");
  }

  @Override
  public void step(String step, Bilingual text, double seconds, Map<String, Object> figures) {
    closeBar();
    out.printf(Locale.ROOT, "   · %s%s  (%.1f s)%n", text.in(language), suffix(figures), seconds);
  }

  @Override
  public void check(String step, Bilingual text, boolean holds, Map<String, Object> figures) {
    closeBar();
    out.println("   " + (holds ? "✓" : "✗") + " " + text.in(language) + suffix(figures));
  }

  @Override
  public void progress(Bilingual what, long done, long total) {
    if (!terminal) {
      news.told(what).ifPresent(text -> out.println("     … " + text.in(language)));
      out.flush();
      return;
    }
    if (total == 0 && done == 0) {
      out.print("\r\033[K     … " + what.in(language)); // there is nothing to count
      out.flush();
      barOpen = true;
      return;
    }
    int filled = total > 0 ? (int) (BAR_CELLS * Math.min(done, total) / total) : 0;
    String bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
    out.printf(
        Locale.ROOT,
        "\r     %s %s %,d%s",
        bar,
        what.in(language),
        done,
        total > 0 ? String.format(Locale.ROOT, " / %,d", total) : "");
    out.flush();
    barOpen = true;
  }

  @Override
  public void note(Bilingual text) {
    closeBar();
    text.in(language).lines().forEach(line -> out.println("       " + line));
  }

  @Override
  public void summary(int checks, int failed, double seconds) {
    closeBar();
    out.println();
    String line =
        switch (language) {
          case ZH ->
              failed == 0 ? "全部 %d 项检查成立，用时 %.0f 秒。" : "%d 项检查中有 " + failed + " 项不成立，用时 %.0f 秒。";
          case EN ->
              failed == 0
                  ? "All %d checks held, in %.0f s."
                  : "Of %d checks " + failed + " did not hold, in %.0f s.";
        };
    out.printf(Locale.ROOT, line + "%n", checks, seconds);
  }

  private void closeBar() {
    if (barOpen) {
      out.println();
      barOpen = false;
    }
  }

  private static String suffix(Map<String, Object> figures) {
    return figures.isEmpty()
        ? ""
        : "  "
            + figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining("  "));
  }
}
