package dev.weir.query.plan.parse;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.Comparison;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.expr.Values;
import dev.weir.query.plan.parse.Block.Grouped;
import dev.weir.query.plan.question.Link;
import dev.weir.query.plan.question.Output;
import dev.weir.query.plan.question.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelRoot;

/** Reads SQL text into a question. Thread-safe; one reading is confined to one thread. */
public final class SqlReader {
  /**
   * @param mentioned every column a scalar node refers to, also where its result is thrown away
   */
  public record Reading(Question question, Set<Col> mentioned) {}

  private SqlReader() {}

  /**
   * @throws RefusedException when the text is not a question over {@code products}
   */
  public static Reading read(String sql, List<ProductTerms> products) {
    RelRoot root = Algebra.of(sql, products);
    var exprs = new Exprs();
    var reader = new RelReader(exprs);
    if (!(reader.read(root.rel) instanceof Grouped grouped)) {
      throw RefusedException.of("PROJECT", PlanRule.RAW_ROWS);
    }
    return new Reading(question(exprs, grouped, root), Set.copyOf(reader.mentioned()));
  }

  private static Question question(Exprs exprs, Grouped grouped, RelRoot root) {
    var conjuncts = new ArrayList<Expr>();
    Expr all = exprs.and(grouped.rows().conjuncts().stream().map(c -> certain(exprs, c)).toList());
    conjuncts.addAll(all instanceof Expr.Logic l && l.and() ? l.operands() : List.of(all));
    List<Link> links =
        conjuncts.stream()
            .filter(SqlReader::isLink)
            .map(SqlReader::link)
            .distinct()
            .sorted(Comparator.comparing(Link::toString))
            .toList();
    conjuncts.removeIf(SqlReader::isLink);
    if (grouped.rows().products().size() == 2 && links.isEmpty()) {
      throw RefusedException.of("JOIN", PlanRule.JOIN_SHAPE);
    }
    return new Question(
        grouped.rows().products().stream()
            .sorted(Comparator.comparing(ProductTerms::tableName))
            .toList(),
        links,
        exprs.and(conjuncts),
        grouped.keys(),
        grouped.measures(),
        outputs(grouped, root),
        exprs.and(grouped.having().stream().map(c -> certain(exprs, c)).toList()),
        grouped.order(),
        grouped.offset(),
        grouped.limit());
  }

  /** Where only true counts, a test for truth says nothing more. */
  private static Expr certain(Exprs exprs, Expr condition) {
    return switch (condition) {
      case IsTrue t -> certain(exprs, t.operand());
      case Expr.Logic l -> {
        List<Expr> operands = l.operands().stream().map(o -> certain(exprs, o)).toList();
        yield l.and() ? exprs.and(operands) : exprs.or(operands);
      }
      default -> condition;
    };
  }

  private static boolean isLink(Expr conjunct) {
    return conjunct instanceof Compare(Comparison op, Col left, Col right)
        && op == Comparison.EQ
        && !left.table().equals(right.table());
  }

  private static Link link(Expr conjunct) {
    if (conjunct instanceof Compare(Comparison op, Col left, Col right)) {
      return Link.of(left, right);
    }
    throw new IllegalStateException("not a link");
  }

  private static List<Output> outputs(Grouped grouped, RelRoot root) {
    var outputs = new ArrayList<Output>();
    for (var shown : root.fields) {
      String label = shown.getValue();
      Expr field = grouped.fields().get(shown.getKey());
      outputs.add(
          switch (field) {
            case Slot s when s.index() < grouped.keys().size() -> new Output.Key(s.index(), label);
            case Slot s -> new Output.Value(s.index() - grouped.keys().size(), label);
            case Lit l -> new Output.Constant(Values.text(Values.of(l)), label);
            default -> throw RefusedException.of("PROJECT", PlanRule.AFTER_AGGREGATE);
          });
    }
    return outputs;
  }
}
