package dev.weir.query.job;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemType;
import java.util.List;
import java.util.Optional;

/**
 * Why a query was refused or failed. Fit to publish: rules, nodes, columns and positions, never a
 * value.
 *
 * @param problem the type of the problem
 * @param reasons at least one
 */
public record RefusalView(Type problem, List<Reason> reasons) {
  public RefusalView {
    reasons = List.copyOf(reasons);
  }

  static RefusalView of(ProblemType type, String rule, Bilingual text) {
    return new RefusalView(
        new Type(type.urn()),
        List.of(
            new Reason(
                rule,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  /** A problem's urn. */
  public record Type(@JsonValue String urn) {}

  /**
   * @param rule stable id
   * @param node kind of the SQL node
   * @param column {@code table.column}
   * @param position {@code line:column} in the text
   * @param helpfulGrant what would have allowed it
   */
  public record Reason(
      String rule,
      Bilingual text,
      Optional<String> node,
      Optional<String> column,
      Optional<String> position,
      Optional<Bilingual> helpfulGrant) {}
}
