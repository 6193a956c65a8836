package dev.weir.policy.naive;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Role;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseClass;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Policies and requests drawn around the edges: constants of one appear in the other. */
final class RandomCases {
  private static final List<String> TIMES =
      List.of(
          "2026-03-29T00:59:59Z",
          "2026-03-29T01:00:00Z",
          "2026-06-15T02:30:00Z",
          "2026-10-25T01:30:00+01:00",
          "20261025083000",
          "2026-12-31T23:59:59Z",
          "2027-01-01T00:00:00Z",
          "2025-12-31T00:00:00Z");
  private static final List<String> WINDOWS =
      List.of(
          "08:00-18:00 Asia/Shanghai",
          "MON-FRI 08:00-18:00 Asia/Shanghai",
          "22:00-06:00 Europe/Berlin",
          "FRI-MON 23:30-01:30 Europe/Berlin",
          "SUN 02:00-03:00 Europe/Berlin",
          "SAT,SUN 00:00-24:00 UTC",
          "2026-06-01T00:00:00Z/2026-10-25T00:30:00Z");
  private static final List<String> REGIONS = List.of("330106", "330100", "330000", "310101");
  private static final List<String> NETWORKS =
      List.of("10.0.0.0/8", "10.1.2.3", "10.1.2.0/24", "fd00::/8", "0.0.0.0/0");
  private static final List<String> NUMBERS = List.of("0", "1", "2", "5", "100");
  private static final List<String> COLUMNS =
      List.of("origin", "delay", "DELAY", "tail", "key", "hidden", "nowhere");
  private static final List<String> PURPOSES = List.of(Cases.PURPOSE, "teaching", "marketing");
  private static final List<String> CODES = List.of("01", "02", "03", "04", "09");
  private static final List<String> OPERATORS =
      List.of(
          "eq",
          "neq",
          "isAnyOf",
          "isNoneOf",
          "isPartOf",
          "gt",
          "gteq",
          "lt",
          "lteq",
          "01",
          "08",
          "11",
          "12",
          "hasPart",
          "isAllOf",
          "isA",
          "xor",
          "13",
          "");

  private final Random random;

  RandomCases(long seed) {
    random = new Random(seed);
  }

  ContractTerms contract() {
    var rules = new ArrayList<Rule>();
    rules.add(rule(0, Rule.Kind.PERMISSION));
    int more = random.nextInt(5);
    for (int i = 1; i <= more; i++) {
      rules.add(rule(chance(40) ? 0 : i, one(List.of(Rule.Kind.values()))));
    }
    java.util.Collections.shuffle(rules, random);
    return Cases.contract(chance(60) ? 19 : 20, rules);
  }

  private Rule rule(int number, Rule.Kind kind) {
    String action =
        kind == Rule.Kind.OBLIGATION
            ? one(List.of("logRecordSend", "alert", "delete", chance(20) ? "compensate" : "alert"))
            : chance(60)
                ? one(List.of("sell", "use", "", "Compute"))
                : chance(8) ? "read" : "compute";
    var constraints = new ArrayList<Constraint>();
    int howMany = random.nextInt(4);
    for (int i = 0; i < howMany; i++) {
      constraints.add(constraint());
    }
    if (action.equals("delete")) {
      constraints.clear();
      constraints.add(deadline());
    }
    var duties = new ArrayList<Duty>();
    while (chance(5)) {
      duties.add(duty());
    }
    return new Rule(
        "r" + number,
        kind,
        chance(60) ? one(List.of(Cases.PROVIDER, Cases.STRANGER)) : Cases.USER,
        action,
        chance(6)
            ? Cases.AIRPORTS
            : chance(100) ? new ProductId(new java.util.UUID(9, 9)) : Cases.FLIGHTS,
        constraints,
        duties);
  }

  private Duty duty() {
    String action = chance(30) ? "transform" : one(List.of("alert", "logRecordSend", "delete"));
    boolean delete = action.equals("delete");
    return new Duty(action, delete != chance(40) ? List.of(deadline()) : List.of());
  }

  private Constraint deadline() {
    return new Constraint("time", "lteq", List.of(chance(20) ? "soon" : "PT720H"), "");
  }

  private Constraint constraint() {
    String name =
        chance(40)
            ? one(List.of("physicalAddress", "dataSize", "dateRecord", "dataRecord", "colour"))
            : one(NaiveWords.CELLS.keySet().stream().sorted().toList());
    List<String> fitting = NaiveWords.CELLS.getOrDefault(name, OPERATORS);
    String operator = chance(40) ? one(OPERATORS) : one(fitting);
    boolean single = List.of("eq", "neq", "01", "12").contains(operator) || operator.length() < 5;
    var values = new ArrayList<String>();
    int count = chance(80) ? 0 : single && !chance(60) ? 1 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      values.add(value(name, operator));
    }
    String item = name.equals("expansionItem") ? (chance(40) ? "colour" : "purpose") : "";
    return new Constraint(name, operator, values, item);
  }

  private String value(String name, String operator) {
    if (chance(50)) {
      return one(List.of("garbage", "05", "many/PT1M"));
    }
    return switch (name) {
      case "time" -> chance(60) ? "2026-01-01T00:00:00" : one(TIMES);
      case "timeWindow" -> one(WINDOWS);
      case "region" -> one(REGIONS);
      case "networkAddress" -> one(NETWORKS);
      case "count", "payAmount" -> one(NUMBERS);
      case "frequency" -> one(NUMBERS) + "/" + one(List.of("PT1M", "PT24H"));
      case "dataField" -> chance(20) ? one(COLUMNS) : one(COLUMNS.subList(0, 3));
      case "application" -> one(List.of("builder-analyst", "other"));
      case "algorithm" -> one(List.of("count", "sum", "quantile"));
      case "executionEnv", "encryptMode", "deliveryMethod" ->
          chance(20) ? one(CODES) : one(CODES.subList(0, 3));
      case "expansionItem" -> one(PURPOSES);
      default -> operator + "1";
    };
  }

  UsageRequest request() {
    Set<ProductId> products = new HashSet<>(Set.of(Cases.FLIGHTS));
    if (chance(8)) {
      products.add(Cases.AIRPORTS);
    }
    if (chance(80)) {
      products.add(new ProductId(new java.util.UUID(9, 9)));
    }
    var columns = new ArrayList<ColumnUse>();
    int touched = random.nextInt(3);
    for (int i = 0; i < touched; i++) {
      columns.add(
          new ColumnUse(
              one(
                  List.copyOf(
                          new java.util.TreeSet<>(
                              products.stream().map(ProductId::toString).toList()))
                      .stream()
                      .map(ProductId::of)
                      .toList()),
              chance(12) ? one(COLUMNS) : one(COLUMNS.subList(0, 2)),
              one(List.of(UseClass.values()))));
    }
    CreditCode party = chance(40) ? one(List.of(Cases.PROVIDER, Cases.STRANGER)) : Cases.USER;
    Set<Role> roles =
        chance(40)
            ? one(
                List.of(
                    Set.of(Role.OPERATOR),
                    Set.of(Role.CONSUMER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN),
                    Set.<Role>of()))
            : Set.of(Role.CONSUMER);
    return new UsageRequest(
        new Subject(party, roles, "builder-analyst"),
        chance(40) ? one(List.of(Action.values())) : chance(10) ? Action.READ : Action.COMPUTE,
        new UseObject(products, columns),
        environment());
  }

  private Environment environment() {
    Instant now =
        chance(3)
            ? NaiveConstraint.instant(one(TIMES)).plusNanos(random.nextInt(3) - 1L)
            : Cases.TERM.from().plusSeconds(random.nextInt(365 * 24 * 3600));
    var counts = new java.util.HashMap<ProductId, UseCounts>();
    for (ProductId product : List.of(Cases.FLIGHTS, Cases.AIRPORTS)) {
      if (!chance(15)) {
        counts.put(
            product,
            new UseCounts(
                random.nextInt(6),
                chance(8)
                    ? Map.of()
                    : Map.of(
                        Duration.ofMinutes(1), (long) random.nextInt(3),
                        Duration.ofDays(1), (long) random.nextInt(6))));
      }
    }
    var able = EnumSet.allOf(Obligation.Kind.class);
    if (chance(10)) {
      able.remove(one(List.of(Obligation.Kind.values())));
    }
    return new Environment(
        now,
        chance(12) ? one(PURPOSES) : Cases.PURPOSE,
        channel(),
        chance(8) ? Optional.empty() : Optional.of((long) one(List.of(0, 1, 2, 5, 100, 101))),
        counts,
        able);
  }

  private Channel channel() {
    return new Channel(
        maybe(List.of("10.1.2.3", "10.200.0.1", "192.0.2.1", "fd00::1", "::ffff:10.1.2.3")),
        maybe(List.of("330106", "330100", "310101")),
        maybe(CODES.subList(0, 3)),
        maybe(CODES.subList(0, 3)),
        maybe(CODES.subList(0, 4)),
        maybe(List.of("builder-analyst", "other")),
        chance(8)
            ? Set.of()
            : one(List.of(Set.of("count"), Set.of("count", "sum"), Set.of("quantile"))));
  }

  NaiveEvaluator.Facts facts() {
    return new NaiveEvaluator.Facts(
        !chance(30),
        chance(20) ? Set.of(one(List.of(Cases.FLIGHTS, Cases.AIRPORTS))) : Set.of(),
        !chance(40),
        chance(30) ? Set.of("teaching") : Set.of(Cases.PURPOSE, "teaching"),
        chance(20)
            ? new Term(Cases.TERM.from(), Instant.parse("2026-06-15T02:30:00Z"))
            : new Term(Cases.TERM.from(), Instant.parse("2028-01-01T00:00:00Z")));
  }

  private Optional<String> maybe(List<String> values) {
    return chance(8) ? Optional.empty() : Optional.of(one(values));
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** True once in {@code n} draws. */
  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
