package dev.weir.policy.naive;

import java.util.List;
import java.util.Map;

/** The words the naive evaluator knows, copied out by hand. */
final class NaiveWords {
  static final List<String> ACTIONS = List.of("compute", "read");
  static final List<String> DUTIES = List.of("logRecordSend", "alert", "delete");
  private static final List<String> ORDER = List.of("gt", "gteq", "lt", "lteq");
  private static final List<String> MEMBER = List.of("eq", "neq", "isAnyOf", "isNoneOf");
  private static final List<String> CONTAIN =
      List.of("eq", "neq", "isAnyOf", "isNoneOf", "isPartOf");
  static final Map<String, List<String>> CELLS =
      Map.ofEntries(
          Map.entry("time", ORDER),
          Map.entry("timeWindow", CONTAIN),
          Map.entry("region", CONTAIN),
          Map.entry("networkAddress", CONTAIN),
          Map.entry("count", ORDER),
          Map.entry("frequency", ORDER),
          Map.entry("payAmount", ORDER),
          Map.entry("dataField", CONTAIN),
          Map.entry("application", MEMBER),
          Map.entry("algorithm", List.of("hasPart", "isAllOf", "isNoneOf", "isPartOf")),
          Map.entry("executionEnv", MEMBER),
          Map.entry("encryptMode", MEMBER),
          Map.entry("deliveryMethod", MEMBER),
          Map.entry("expansionItem", MEMBER));
  private static final List<String> OPERATORS =
      List.of(
          "eq",
          "gt",
          "gteq",
          "hasPart",
          "isA",
          "isAllOf",
          "isAnyOf",
          "isNoneOf",
          "isPartOf",
          "lt",
          "lteq",
          "neq");

  private NaiveWords() {}

  static String operator(String written) {
    return written.matches("0[1-9]|1[0-2]")
        ? OPERATORS.get(Integer.parseInt(written) - 1)
        : written;
  }

  static String constraint(String written) {
    return written.equals("dataRecord") ? "dateRecord" : written;
  }
}
