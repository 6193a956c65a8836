package dev.weir.cli.demo;

import static dev.weir.cli.demo.DuckDbTruth.quoted;

import dev.weir.cli.demo.Department.PersonKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * True values of the user's records in plain SQL. Where persons are told apart only some records of
 * each count, and which ones the service draws by a secret key: a quantity is then two columns, the
 * least and the most it can be, and otherwise one.
 */
final class OwnTruth {
  private static final String FROM = " FROM " + OwnDataset.TABLE;

  private final Optional<PersonKey> person;

  OwnTruth(Optional<PersonKey> person) {
    this.person = person;
  }

  /** Records of one protected unit that count in one group. */
  int rows() {
    return person.map(PersonKey::maxRowsPerGroup).orElse(1);
  }

  /** How far one unit moves the vector of all groups. */
  int rowsInGroups() {
    return person
        .map(key -> (int) Math.ceil(key.maxRowsPerGroup() * Math.sqrt(key.maxGroups())))
        .orElse(1);
  }

  String count() {
    return person.isEmpty()
        ? "SELECT COUNT(*)" + FROM
        : "SELECT SUM(LEAST(n, " + rows() + ")) FROM (SELECT COUNT(*) AS n" + FROM + by() + ")";
  }

  /**
   * @param key quoted
   * @param domain declared; empty when groups are selected privately
   */
  String groups(String key, List<String> domain) {
    String text = "CAST(" + key + " AS VARCHAR)";
    String where =
        domain.isEmpty()
            ? ""
            : " WHERE "
                + text
                + " IN ("
                + domain.stream().map(OwnTruth::literal).collect(Collectors.joining(", "))
                + ")";
    if (person.isEmpty()) {
      return "SELECT " + text + ", COUNT(*)" + FROM + where + " GROUP BY 1";
    }
    return "WITH g AS (SELECT "
        + personColumn()
        + " AS p, "
        + text
        + " AS k, LEAST(COUNT(*), "
        + rows()
        + ") AS n"
        + FROM
        + where
        + " GROUP BY 1, 2), w AS (SELECT p, COUNT(*) AS groups FROM g GROUP BY 1)"
        + " SELECT k, SUM(CASE WHEN groups <= "
        + person.map(PersonKey::maxGroups).orElse(1)
        + " THEN n ELSE 0 END), SUM(n) FROM g JOIN w USING (p) GROUP BY 1";
  }

  String sum(String value) {
    return person.isEmpty()
        ? "SELECT SUM(" + value + ")" + FROM
        : "SELECT SUM(low), SUM(high) FROM (" + perPerson(value) + ")";
  }

  String sumAndCount(String value) {
    return person.isEmpty()
        ? "SELECT SUM(" + value + "), COUNT(" + value + ")" + FROM
        : "SELECT SUM(low), SUM(high), " + chosen("present") + " FROM (" + perPerson(value) + ")";
  }

  /** Records with a value, those with one below {@code ?}, those with one below {@code ?2}. */
  String ranks(String value) {
    return person.isEmpty()
        ? "SELECT COUNT(c), COUNT(*) FILTER (c < ?), COUNT(*) FILTER (c < ?2) FROM (SELECT "
            + value
            + " AS c"
            + FROM
            + ")"
        : "SELECT "
            + chosen("present")
            + ", "
            + chosen("below")
            + ", "
            + chosen("up_to")
            + " FROM (SELECT p, COUNT(*) AS n, COUNT(c) AS present, COUNT(*) FILTER (c < ?) AS below,"
            + " COUNT(*) FILTER (c < ?2) AS up_to FROM (SELECT "
            + personColumn()
            + " AS p, "
            + value
            + " AS c"
            + FROM
            + ") GROUP BY 1)";
  }

  /** Least and most of the records of a kind that can be among those chosen. */
  private String chosen(String kind) {
    return "SUM(GREATEST(0, LEAST(n, %d) - (n - %s))), SUM(LEAST(%s, %d))"
        .formatted(rows(), kind, kind, rows());
  }

  private String perPerson(String value) {
    return ("SELECT n, present, list_sum(list_slice(list_sort(l), 1, %d)) AS low,"
            + " list_sum(list_slice(list_reverse_sort(l), 1, %d)) AS high FROM (SELECT COUNT(*) AS n,"
            + " COUNT(c) AS present, list(COALESCE(c, 0)) AS l FROM (SELECT %s AS p, %s AS c%s)"
            + " GROUP BY p)")
        .formatted(rows(), rows(), personColumn(), value, FROM);
  }

  private String by() {
    return " GROUP BY " + personColumn();
  }

  private String personColumn() {
    return quoted(person.orElseThrow().column());
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
