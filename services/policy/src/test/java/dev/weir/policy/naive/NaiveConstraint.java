package dev.weir.policy.naive;

import dev.weir.kernel.ProductId;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.UseCounts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Tests one constraint by reading its text each time. Answers yes, no, unseen or none. */
final class NaiveConstraint {
  private final Flaw flaw;

  NaiveConstraint(Flaw flaw) {
    this.flaw = flaw;
  }

  String test(Constraint c, Environment env, ProductId product, String column) {
    String op = NaiveWords.operator(c.operator());
    UseCounts counts = env.uses().get(product);
    switch (NaiveWords.constraint(c.name())) {
      case "time":
        return word(ordered(op, env.now().compareTo(instant(c.values().get(0)))));
      case "timeWindow":
        return listed(op, c.values().stream().anyMatch(w -> inWindow(w, env.now())));
      case "region":
        return env.channel()
            .region()
            .map(r -> listed(op, c.values().stream().anyMatch(v -> inRegion(op, v, r))))
            .orElse("unseen");
      case "networkAddress":
        return env.channel()
            .networkAddress()
            .map(a -> listed(op, c.values().stream().anyMatch(n -> inNetwork(n, a))))
            .orElse("unseen");
      case "count":
        int one = flaw == Flaw.COUNT_OFF_BY_ONE ? 0 : 1;
        return counts == null
            ? "unseen"
            : word(ordered(op, Long.compare(counts.total() + one, number(c.values().get(0)))));
      case "frequency":
        String[] parts = c.values().get(0).split("/");
        if (counts == null) {
          return "unseen";
        }
        Long within = counts.within().get(Duration.parse(parts[1]));
        if (within == null && counts.total() > 0) {
          return "unseen";
        }
        return word(ordered(op, Long.compare((within == null ? 0 : within) + 1, number(parts[0]))));
      case "payAmount":
        return env.chargeFen()
            .map(fen -> word(ordered(op, Long.compare(fen, number(c.values().get(0))))))
            .orElse("unseen");
      case "dataField":
        return column.isEmpty()
            ? "none"
            : listed(op, c.values().stream().map(v -> v.toLowerCase(Locale.ROOT)).toList(), column);
      case "application":
        return env.channel().application().map(a -> listed(op, c.values(), a)).orElse("unseen");
      case "executionEnv":
        return env.channel().executionEnv().map(a -> listed(op, c.values(), a)).orElse("unseen");
      case "encryptMode":
        return env.channel().encryptMode().map(a -> listed(op, c.values(), a)).orElse("unseen");
      case "deliveryMethod":
        return env.channel().deliveryMethod().map(a -> listed(op, c.values(), a)).orElse("unseen");
      case "expansionItem":
        return listed(op, c.values(), env.purpose());
      case "algorithm":
        return algorithms(op, c.values(), List.copyOf(env.channel().algorithms()));
      default:
        return "unseen";
    }
  }

  private static String algorithms(String op, List<String> written, List<String> used) {
    if (used.isEmpty()) {
      return "unseen";
    }
    boolean allUsed = written.stream().allMatch(used::contains);
    boolean onlyWritten = used.stream().allMatch(written::contains);
    return word(
        op.equals("hasPart")
            ? allUsed
            : op.equals("isPartOf")
                ? onlyWritten
                : op.equals("isAllOf")
                    ? allUsed && onlyWritten
                    : used.stream().noneMatch(written::contains));
  }

  static boolean ordered(String op, int comparison) {
    return (op.startsWith("gt") && comparison > 0)
        || (op.startsWith("lt") && comparison < 0)
        || (op.endsWith("eq") && comparison == 0);
  }

  private static String listed(String op, List<String> values, String value) {
    return listed(op, values.contains(value));
  }

  private static String listed(String op, boolean found) {
    return word(op.equals("neq") || op.equals("isNoneOf") ? !found : found);
  }

  private static String word(boolean holds) {
    return holds ? "yes" : "no";
  }

  static long number(String text) {
    return Long.parseLong(text);
  }

  static Instant instant(String text) {
    if (text.length() == 14) {
      return LocalDateTime.of(
              Integer.parseInt(text.substring(0, 4)),
              Integer.parseInt(text.substring(4, 6)),
              Integer.parseInt(text.substring(6, 8)),
              Integer.parseInt(text.substring(8, 10)),
              Integer.parseInt(text.substring(10, 12)),
              Integer.parseInt(text.substring(12, 14)))
          .toInstant(ZoneOffset.ofHours(8));
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  private boolean inWindow(String text, Instant now) {
    if (text.contains("T")
        && text.contains("/")
        && text.indexOf('T') < text.indexOf('/')
        && Character.isDigit(text.charAt(0))
        && text.charAt(4) == '-') {
      String[] ends = text.split("/");
      return now.compareTo(instant(ends[0])) >= 0 && now.compareTo(instant(ends[1])) < 0;
    }
    String[] words = text.split(" ");
    String days = words.length == 3 ? words[0] : "MON-SUN";
    String[] hours = words[words.length - 2].split("-");
    var local = now.atZone(ZoneId.of(words[words.length - 1])).toLocalDateTime();
    // Every window that may still be open was opened today or yesterday.
    for (int back = 0; back <= 1; back++) {
      var day = local.toLocalDate().minusDays(back);
      var opens = day.atTime(clock(hours[0]) / 60 % 24, clock(hours[0]) % 60);
      var closes =
          day.atStartOfDay()
              .plusMinutes(
                  clock(hours[1]) > clock(hours[0]) ? clock(hours[1]) : clock(hours[1]) + 24 * 60);
      int dayOfWeek =
          flaw == Flaw.WINDOW_DAY_IS_TODAY
              ? local.getDayOfWeek().getValue()
              : day.getDayOfWeek().getValue();
      if (onDay(days, dayOfWeek) && !local.isBefore(opens) && local.isBefore(closes)) {
        return true;
      }
    }
    return false;
  }

  private static int clock(String text) {
    return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
  }

  private static boolean onDay(String days, int day) {
    String names = "MONTUEWEDTHUFRISATSUN";
    for (String part : days.split(",")) {
      int first = names.indexOf(part.substring(0, 3)) / 3 + 1;
      int last = names.indexOf(part.substring(part.length() - 3)) / 3 + 1;
      boolean inside = first <= last ? day >= first && day <= last : day >= first || day <= last;
      if (inside) {
        return true;
      }
    }
    return false;
  }

  private static boolean inRegion(String op, String written, String region) {
    if (!op.equals("isPartOf")) {
      return written.equals(region);
    }
    String prefix = written;
    while (prefix.endsWith("00")) {
      prefix = prefix.substring(0, prefix.length() - 2);
    }
    return region.startsWith(prefix);
  }

  private static boolean inNetwork(String written, String address) {
    String own = bits(address);
    String[] parts = written.split("/");
    String other = bits(parts[0]);
    int length = parts.length == 1 ? other.length() : Integer.parseInt(parts[1]);
    return own.length() == other.length()
        && own.substring(0, length).equals(other.substring(0, length));
  }

  private static String bits(String address) {
    try {
      var text = new StringBuilder();
      for (byte b : InetAddress.getByName(address).getAddress()) {
        text.append(Integer.toBinaryString((b & 255) + 256).substring(1));
      }
      return text.toString();
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
