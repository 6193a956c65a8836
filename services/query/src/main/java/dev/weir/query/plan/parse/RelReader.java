package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.parse.Block.Grouped;
import dev.weir.query.plan.parse.Block.Rows;
import dev.weir.query.plan.question.Ordering;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Relational nodes read bottom-up into one block; anything outside the shape is refused by name.
 */
final class RelReader {
  private static final long MAX_ROWS_SHOWN = 1_000_000;
  private final Exprs exprs;
  private final Set<Col> mentioned = new LinkedHashSet<>();

  RelReader(Exprs exprs) {
    this.exprs = exprs;
  }

  /** Every column that any scalar node refers to, also where the result is thrown away. */
  Set<Col> mentioned() {
    return mentioned;
  }

  Block read(RelNode node) {
    return switch (node) {
      case LogicalTableScan scan -> scan(scan);
      case LogicalProject project -> project(project);
      case LogicalFilter filter -> filter(filter);
      case LogicalJoin join -> join(join);
      case LogicalAggregate aggregate -> aggregate(aggregate);
      case LogicalSort sort -> sort(sort);
      default ->
          throw RefusedException.of(
              StatementCheck.name(node.getRelTypeName().replace("Logical", "")),
              PlanRule.NODE_NOT_ALLOWED);
    };
  }

  private Rows scan(LogicalTableScan scan) {
    ProductTable table = scan.getTable().unwrapOrThrow(ProductTable.class);
    List<Expr> fields =
        table.product().columns().stream()
            .<Expr>map(c ->
                new Col(table.product().tableName(), c.column().name(), ExprType.of(c.column())))
            .toList();
    return new Rows(List.of(table.product()), List.of(), fields);
  }

  private Block project(LogicalProject project) {
    Block input = read(project.getInput());
    List<Expr> fields = project.getProjects().stream().map(reader(input)::read).toList();
    return switch (input) {
      case Rows rows -> new Rows(rows.products(), rows.conjuncts(), fields);
      case Grouped grouped -> {
        if (fields.stream()
            .anyMatch(f -> !(f instanceof Slot || f instanceof Lit || f instanceof NullLit))) {
          throw RefusedException.of("PROJECT", PlanRule.AFTER_AGGREGATE);
        }
        yield grouped.withFields(fields);
      }
    };
  }

  private Block filter(LogicalFilter filter) {
    Block input = read(filter.getInput());
    Expr condition = reader(input).read(filter.getCondition());
    return switch (input) {
      case Rows rows -> new Rows(rows.products(), plus(rows.conjuncts(), condition), rows.fields());
      case Grouped grouped -> {
        if (grouped.cut()) {
          throw RefusedException.of("FILTER", PlanRule.AFTER_AGGREGATE);
        }
        yield grouped.withHaving(plus(grouped.having(), condition));
      }
    };
  }

  private Rows join(LogicalJoin join) {
    if (join.getJoinType() != JoinRelType.INNER) {
      throw RefusedException.of(join.getJoinType().name() + "_JOIN", PlanRule.JOIN_SHAPE);
    }
    if (!(read(join.getLeft()) instanceof Rows left)
        || !(read(join.getRight()) instanceof Rows right)) {
      throw RefusedException.of("JOIN", PlanRule.NESTED_AGGREGATE);
    }
    var products = new ArrayList<>(left.products());
    products.addAll(right.products());
    if (products.size() > 2
        || products.stream().map(p -> p.tableName()).distinct().count() < products.size()) {
      throw RefusedException.of("JOIN", PlanRule.JOIN_SHAPE);
    }
    var fields = new ArrayList<>(left.fields());
    fields.addAll(right.fields());
    var conjuncts = new ArrayList<>(left.conjuncts());
    conjuncts.addAll(right.conjuncts());
    var rows = new Rows(products, conjuncts, fields);
    Expr condition = reader(rows).read(join.getCondition());
    return new Rows(products, plus(conjuncts, condition), fields);
  }

  private Grouped aggregate(LogicalAggregate aggregate) {
    if (!(read(aggregate.getInput()) instanceof Rows rows)) {
      throw RefusedException.of("AGGREGATE", PlanRule.NESTED_AGGREGATE);
    }
    return new AggregateReader(rows, this::mention).read(aggregate);
  }

  private Grouped sort(LogicalSort sort) {
    if (!(read(sort.getInput()) instanceof Grouped grouped)) {
      throw RefusedException.of("SORT", PlanRule.RAW_ROWS);
    }
    if (grouped.cut() || !grouped.order().isEmpty()) {
      throw RefusedException.of("SORT", PlanRule.AFTER_AGGREGATE);
    }
    var order = new ArrayList<Ordering>();
    for (RelFieldCollation by : sort.getCollation().getFieldCollations()) {
      if (grouped.fields().get(by.getFieldIndex()) instanceof Slot slot) {
        boolean descending = by.getDirection().isDescending();
        order.add(
            new Ordering(
                slot.index(),
                descending,
                by.nullDirection == RelFieldCollation.NullDirection.FIRST));
      }
    }
    OptionalLong limit =
        sort.fetch == null ? OptionalLong.empty() : OptionalLong.of(rowCount(sort.fetch));
    return grouped.sorted(order, sort.offset == null ? 0 : rowCount(sort.offset), limit);
  }

  private static long rowCount(RexNode node) {
    if (node instanceof RexLiteral literal
        && literal.getValueAs(java.math.BigDecimal.class) instanceof java.math.BigDecimal count
        && count.signum() >= 0
        && count.compareTo(java.math.BigDecimal.valueOf(MAX_ROWS_SHOWN)) <= 0
        && count.stripTrailingZeros().scale() <= 0) {
      return count.longValueExact();
    }
    throw RefusedException.of("LIMIT", PlanRule.LITERAL_NOT_ALLOWED);
  }

  private RexReader reader(Block input) {
    return new RexReader(exprs, index -> mention(input.fields().get(index)));
  }

  private Expr mention(Expr expr) {
    mentioned.addAll(Children.columns(expr));
    return expr;
  }

  private static List<Expr> plus(List<Expr> list, Expr more) {
    var all = new ArrayList<>(list);
    all.add(more);
    return all;
  }
}
