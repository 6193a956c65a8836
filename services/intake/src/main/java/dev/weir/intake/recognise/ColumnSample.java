package dev.weir.intake.recognise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first values of a column, at most 20,000, and its name. Confined to one thread. */
public final class ColumnSample {
  private static final int MAX_VALUES = 20_000;
  private static final int MAX_CHARS = 256;

  private final String name;
  private final List<String> values = new ArrayList<>();

  public ColumnSample(String name) {
    this.name = name.toLowerCase(Locale.ROOT);
  }

  public boolean wantsMore() {
    return values.size() < MAX_VALUES;
  }

  public void add(String value) {
    values.add(value.length() <= MAX_CHARS ? value : value.substring(0, MAX_CHARS));
  }

  /** In lower case. */
  String name() {
    return name;
  }

  List<String> values() {
    return values;
  }
}
