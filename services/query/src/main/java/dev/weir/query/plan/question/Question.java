package dev.weir.query.plan.question;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprText;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A question in normal form. Immutable.
 *
 * @param products one or two, by table name
 * @param links the equi-join between two products; empty for one
 * @param where which joined records count; the literal TRUE for all
 * @param having over {@link Expr.Slot}s of the finished answer; the literal TRUE for all rows
 * @param offset rows of the ordered answer left out
 */
public record Question(
    List<ProductTerms> products,
    List<Link> links,
    Expr where,
    List<Expr> keys,
    List<Measure> measures,
    List<Output> outputs,
    Expr having,
    List<Ordering> order,
    long offset,
    OptionalLong limit) {
  public Question {
    products = List.copyOf(products);
    links = List.copyOf(links);
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
    outputs = List.copyOf(outputs);
    order = List.copyOf(order);
  }

  /** Everything but labels, one clause a line. */
  public String canonicalText() {
    return String.join(
        "\n",
        "weir-question/1",
        "from " + join(products, p -> p.tableName() + "=" + p.id()),
        "link " + join(links, l -> ExprText.of(l.left()) + "=" + ExprText.of(l.right())),
        "where " + ExprText.of(where),
        "group " + join(keys, ExprText::of),
        "measure " + join(measures, Measure::canonicalText),
        "show " + join(outputs, Question::text),
        "having " + ExprText.of(having),
        "order "
            + join(
                order, o -> o.slot() + (o.descending() ? "d" : "a") + (o.nullsFirst() ? "f" : "l")),
        "rows " + offset + " " + (limit.isPresent() ? limit.getAsLong() : "all"));
  }

  private static String text(Output output) {
    return switch (output) {
      case Output.Key k -> "k" + k.index();
      case Output.Value v -> "m" + v.index();
      case Output.Constant c -> "\"" + c.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    };
  }

  private static <T> String join(List<T> items, java.util.function.Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(" "));
  }
}
