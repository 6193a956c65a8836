package dev.weir.query.plan;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A row as the engine returned it; protected data, never shown or logged. */
public record RawRow(List<Optional<String>> keys, List<BigInteger> statistics) {
  public RawRow {
    keys = List.copyOf(keys);
    statistics = List.copyOf(statistics);
  }

  @Override
  public String toString() {
    return "RawRow[keys=" + keys.size() + ", statistics=" + statistics.size() + "]";
  }
}
