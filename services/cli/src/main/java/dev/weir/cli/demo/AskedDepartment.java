package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.demo.Field.Bounds;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks the person at the terminal. Enter takes what is proposed, a dot takes everything that is
 * still to be proposed; only a time zone has no proposal. Confined to one thread.
 *
 * @param proposals what is taken when the person does not say otherwise
 */
record AskedDepartment(Interview interview, Department proposals) implements Department {
  private static final String NONE = "-";

  @Override
  public Optional<ZoneId> zone(List<String> columns) {
    return proposals
        .zone(columns)
        .or(() ->
            interview.demand(
                say(
                    "列 " + columns + " 的时间不带时区。是哪个时区（如 Asia/Shanghai）？",
                    "Times in " + columns + " carry no zone. Which one is it, as Asia/Shanghai?"),
                AskedDepartment::parseZone));
  }

  @SuppressWarnings("OptionalMapToOptional") // no column is an answer, no answer is none
  @Override
  public Optional<PersonKey> personKey(Optional<String> proposed, List<String> columns) {
    Optional<String> column =
        interview.ask(
            say("哪一列区分个人？没有则输入 -", "Which column tells persons apart? - for none"),
            proposed.orElse(NONE),
            proposed,
            typed ->
                typed.equals(NONE)
                    ? Optional.of(Optional.empty())
                    : columns.stream().filter(typed::equals).findFirst().map(Optional::of));
    return column.map(name -> {
      var usual =
          new PersonKey(name, ActingDepartment.MAX_GROUPS, ActingDepartment.MAX_ROWS_PER_GROUP);
      return interview.ask(
          say(
              "每人每组最多计几条、最多出现在几个组？（两个数）",
              "How many rows of a person count in a group, and in how many groups? (two numbers)"),
          usual.maxRowsPerGroup() + " " + usual.maxGroups(),
          usual,
          typed -> parseContribution(name, typed));
    });
  }

  @Override
  public Bounds bounds(String column, Bounds proposal) {
    return interview.ask(
        say(
            column + " 的下界、上界与粒度？（所提议的取自数据）",
            "Lower bound, upper bound and granule of "
                + column
                + "? (the proposal is from the data)"),
        shown(proposal),
        proposal,
        AskedDepartment::parseBounds);
  }

  @Override
  public List<String> keys(String column) {
    return interview.ask(
        say(
            column + " 的公开取值，以逗号分隔？- 表示私有选择分组",
            "Public values of " + column + ", separated by commas? - selects groups privately"),
        NONE,
        List.of(),
        AskedDepartment::parseKeys);
  }

  private static Optional<ZoneId> parseZone(String typed) {
    try {
      return Optional.of(ZoneId.of(typed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<PersonKey> parseContribution(String column, String typed) {
    try {
      String[] parts = typed.split("\\s+");
      return parts.length == 2
          ? Optional.of(
              new PersonKey(column, Integer.parseInt(parts[1]), Integer.parseInt(parts[0])))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Bounds> parseBounds(String typed) {
    try {
      var parts = new ArrayList<BigDecimal>();
      for (String part : typed.split("\\s+")) {
        parts.add(new BigDecimal(part));
      }
      if (parts.size() < 2 || parts.size() > 3) {
        return Optional.empty();
      }
      BigDecimal granule = parts.size() == 3 ? parts.get(2) : BigDecimal.ONE;
      return Optional.of(new Bounds(parts.get(0), parts.get(1), granule, false).check());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> parseKeys(String typed) {
    if (typed.equals(NONE)) {
      return Optional.of(List.of());
    }
    var keys = Arrays.stream(typed.split("[,，]")).map(String::strip).toList();
    boolean fit =
        keys.stream().noneMatch(String::isEmpty) && keys.stream().distinct().count() == keys.size();
    return fit ? Optional.of(keys) : Optional.empty();
  }

  private static String shown(Bounds bounds) {
    return bounds.lower().toPlainString()
        + " "
        + bounds.upper().toPlainString()
        + " "
        + bounds.granule().toPlainString();
  }
}
