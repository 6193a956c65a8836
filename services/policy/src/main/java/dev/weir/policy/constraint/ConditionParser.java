package dev.weir.policy.constraint;

import dev.weir.policy.constraint.TokenCondition.Attribute;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a condition of the values of an enforced cell. The caller has already refused cells that
 * are not enforced.
 */
public final class ConditionParser {
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_VALUE_CHARACTERS = 256;
  private static final Pattern FREQUENCY = Pattern.compile("(\\d{1,12})/(PT?[0-9DHMST]{1,20})");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,17}");

  private ConditionParser() {}

  /**
   * @param values as written
   * @return empty when the values do not fit the constraint and operator
   */
  public static Optional<Condition> parse(
      ConstraintName name, Operator operator, List<String> values) {
    boolean single =
        switch (operator) {
          case EQ, NEQ, GT, GTEQ, LT, LTEQ -> true;
          case HAS_PART, IS_A, IS_ALL_OF, IS_ANY_OF, IS_NONE_OF, IS_PART_OF -> false;
        };
    boolean fits =
        !values.isEmpty()
            && values.size() <= (single ? 1 : MAX_VALUES)
            && values.stream().allMatch(v -> !v.isBlank() && v.length() <= MAX_VALUE_CHARACTERS);
    return fits ? condition(name, operator, values) : Optional.empty();
  }

  private static Optional<Condition> condition(
      ConstraintName name, Operator operator, List<String> values) {
    String first = values.getFirst();
    boolean in = operator != Operator.NEQ && operator != Operator.IS_NONE_OF;
    return switch (name) {
      case TIME -> Instants.parse(first).map(bound -> new TimeBound(Compare.of(operator), bound));
      case TIME_WINDOW -> each(values, TimeWindow::parse).map(windows -> new InWindow(in, windows));
      case REGION -> regions(operator, values).map(codes -> new RegionCondition(in, codes));
      case NETWORK_ADDRESS ->
          each(values, IpRange::parse).map(networks -> new NetworkCondition(in, networks));
      case COUNT -> limit(new Limit.Scale.Uses(), operator, first);
      case FREQUENCY -> frequency(operator, first);
      case PAY_AMOUNT -> limit(new Limit.Scale.Charge(), operator, first);
      case ALGORITHM -> algorithms(operator, values);
      case DATA_FIELD ->
          tokens(
              Attribute.DATA_FIELD,
              in,
              values.stream().map(v -> v.toLowerCase(Locale.ROOT)).toList(),
              ".+");
      case APPLICATION -> tokens(Attribute.APPLICATION, in, values, ".+");
      case EXECUTION_ENV -> tokens(Attribute.EXECUTION_ENV, in, values, "0[1-7]");
      case ENCRYPT_MODE -> tokens(Attribute.ENCRYPT_MODE, in, values, "0[1-3]");
      case DELIVERY_METHOD -> tokens(Attribute.DELIVERY_METHOD, in, values, "0[1-4]");
      case EXPANSION_ITEM -> tokens(Attribute.PURPOSE, in, values, ".+");
      case PHYSICAL_ADDRESS, DATA_SIZE, DATA_RECORD, VALUE_EXPRESSION, MACHINE_LEARNING_MODELS ->
          Optional.empty();
    };
  }

  private static Optional<Condition> tokens(
      Attribute attribute, boolean in, List<String> values, String shape) {
    return values.stream().allMatch(value -> value.matches(shape))
        ? Optional.of(new TokenCondition(attribute, in, Set.copyOf(values)))
        : Optional.empty();
  }

  private static Optional<Set<String>> regions(Operator operator, List<String> values) {
    String shape = operator == Operator.IS_PART_OF ? "(?!00)(?:\\d{2}){1,3}" : "\\d{6}";
    if (!values.stream().allMatch(value -> value.matches(shape))) {
      return Optional.empty();
    }
    // A province is written 330000: what is part of it starts with 33.
    return each(
        values,
        value ->
            Optional.of(
                operator == Operator.IS_PART_OF ? value.replaceFirst("(?:00)+$", "") : value));
  }

  private static Optional<Condition> limit(Limit.Scale scale, Operator operator, String number) {
    return NUMBER.matcher(number).matches()
        ? Optional.of(new Limit(scale, Compare.of(operator), Long.parseLong(number)))
        : Optional.empty();
  }

  private static Optional<Condition> frequency(Operator operator, String text) {
    Matcher matcher = FREQUENCY.matcher(text);
    if (!matcher.matches() || !NUMBER.matcher(matcher.group(1)).matches()) {
      return Optional.empty();
    }
    try {
      Duration window = Duration.parse(matcher.group(2));
      return window.isPositive()
          ? limit(new Limit.Scale.UsesWithin(window), operator, matcher.group(1))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Condition> algorithms(Operator operator, List<String> values) {
    return switch (operator) {
      case HAS_PART -> algorithms(AlgorithmSet.Relation.HAS_PART, values);
      case IS_ALL_OF -> algorithms(AlgorithmSet.Relation.IS_ALL_OF, values);
      case IS_NONE_OF -> algorithms(AlgorithmSet.Relation.IS_NONE_OF, values);
      case IS_PART_OF -> algorithms(AlgorithmSet.Relation.IS_PART_OF, values);
      case EQ, NEQ, GT, GTEQ, LT, LTEQ, IS_A, IS_ANY_OF -> Optional.empty();
    };
  }

  private static Optional<Condition> algorithms(
      AlgorithmSet.Relation relation, List<String> values) {
    return Optional.of(new AlgorithmSet(relation, Set.copyOf(values)));
  }

  private static <T> Optional<Set<T>> each(
      List<String> values, Function<String, Optional<T>> parse) {
    var parsed = new HashSet<T>();
    for (String value : values) {
      Optional<T> one = parse.apply(value);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      parsed.add(one.get());
    }
    return Optional.of(parsed);
  }
}
