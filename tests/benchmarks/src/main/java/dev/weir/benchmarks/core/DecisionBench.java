package dev.weir.benchmarks.core;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.benchmarks.terms.Contracts;
import dev.weir.benchmarks.terms.Decisions;
import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.UseClass;
import java.util.ArrayList;
import java.util.List;

/**
 * Decisions on a contract of 200 rules, every one of which speaks about the use: permissions for
 * other regions, prohibitions not met, and one permission that applies.
 */
final class DecisionBench {
  private static final int RULES = 200;
  private static final double LIMIT_MICROS = 1_000;

  private DecisionBench() {}

  static void run(Settings settings, Sheet sheet) throws Exception {
    var large = decisions(RULES);
    var small = decisions(1);
    int runs = settings.pick(5_000, 100_000);
    var alone = Timings.of(runs, runs, small);
    var timings = Timings.of(runs, runs, large);
    double p50 = timings.nanos(0.5) / 1e3;
    sheet.atMost("decision p50, 200 rules", p50, "µs", LIMIT_MICROS);
    sheet.atMost("decision p99, 200 rules", timings.nanos(0.99) / 1e3, "µs", LIMIT_MICROS);
    sheet.against(
        "decision p50, 200 rules", p50, "µs", "the same with 1 rule", alone.nanos(0.5) / 1e3);
  }

  private static java.util.concurrent.Callable<Object> decisions(int rules) {
    var flights = FlightTerms.exact(List.of("ORD"));
    var decisions = new Decisions(Contracts.of(List.of(flights), rules(rules)));
    var products = List.of(flights.id());
    var columns =
        List.of(
            new ColumnUse(flights.id(), "origin", UseClass.GROUPED),
            new ColumnUse(flights.id(), "delay", UseClass.AGGREGATED));
    return () -> decisions.permit(products, columns);
  }

  private static List<Rule> rules(int count) {
    var product = FlightTerms.exact(List.of("ORD")).id();
    var network = new Constraint("networkAddress", "isPartOf", List.of("172.16.0.0/12"), "");
    var rules = new ArrayList<Rule>();
    for (int i = 1; i < count; i++) {
      rules.add(
          i % 2 == 0
              ? Contracts.rule(
                  "r" + i,
                  Rule.Kind.PERMISSION,
                  product,
                  List.of(new Constraint("region", "eq", List.of("310101"), ""), network))
              : Contracts.rule(
                  "r" + i,
                  Rule.Kind.PROHIBITION,
                  product,
                  List.of(new Constraint("count", "gt", List.of("1000000"), ""), network)));
    }
    rules.add(
        Contracts.rule(
            "last",
            Rule.Kind.PERMISSION,
            product,
            List.of(new Constraint("count", "lteq", List.of("10"), ""))));
    return rules;
  }
}
