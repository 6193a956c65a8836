package dev.weir.query.he;

import dev.weir.runtime.ledger.CallLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Call limits as a ticket keeps them, one a line: {@code rule calls} or {@code rule calls span}.
 */
final class HeLimits {
  private HeLimits() {}

  static String write(List<CallLimit> limits) {
    return String.join(
        "\n",
        limits.stream()
            .map(limit ->
                limit.rule()
                    + " "
                    + limit.maxCalls()
                    + limit.span().map(span -> " " + span).orElse(""))
            .toList());
  }

  static List<CallLimit> read(String text) {
    return text.lines()
        .map(line -> line.split(" "))
        .map(parts -> {
          Optional<String> span = parts.length > 2 ? Optional.of(parts[2]) : Optional.empty();
          long calls = Long.parseLong(parts[1]);
          return span.<CallLimit>map(
                  window -> new CallLimit.Within(parts[0], calls, Duration.parse(window)))
              .orElseGet(() -> new CallLimit.InAll(parts[0], calls));
        })
        .toList();
  }
}
