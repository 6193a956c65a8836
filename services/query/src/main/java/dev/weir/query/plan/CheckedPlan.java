package dev.weir.query.plan;

import dev.weir.kernel.LineageId;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import java.util.List;

/** A query that passed every check that can be made without data. Immutable. */
public sealed interface CheckedPlan permits ExactPlan, DpPlan {

  ProductKind kind();

  /**
   * The question in normal form: free of aliases, of the order of conjuncts and joins, of letter
   * case and of redundant brackets. Two texts with one canonical form have one answer; for dp plans
   * it includes ρ and δ, so that a repeat at the same price is a repeat.
   */
  String canonicalText();

  /** SHA-256 of {@link #canonicalText()} in lower-case hexadecimal. */
  String canonicalSha256();

  /** Every product touched, in the order of their table names. */
  List<ProductTerms> products();

  /** Every distinct use of a column, in a stable order. */
  List<ColumnUse> columnUses();

  List<OutputColumn> outputs();

  /** What to run, in order; {@link RawRow} lists go back in the same order. */
  List<EngineStatement> statements(EngineDialect dialect);

  /** The distinct lineages touched, in a stable order. */
  default List<LineageId> lineages() {
    return products().stream()
        .map(ProductTerms::lineageId)
        .distinct()
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }
}
