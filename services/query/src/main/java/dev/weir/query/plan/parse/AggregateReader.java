package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.ExprText;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.expr.Values;
import dev.weir.query.plan.parse.Block.Grouped;
import dev.weir.query.plan.parse.Block.Rows;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Measure.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;

/** Reads the one aggregate of a question; keys and measures come out sorted and distinct. */
final class AggregateReader {
  private final Rows rows;
  private final UnaryOperator<Expr> mention;

  AggregateReader(Rows rows, UnaryOperator<Expr> mention) {
    this.rows = rows;
    this.mention = mention;
  }

  Grouped read(Aggregate aggregate) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw RefusedException.of(aggregate.getGroupType().name(), PlanRule.NODE_NOT_ALLOWED);
    }
    List<Expr> groupFields = aggregate.getGroupSet().asList().stream().map(this::field).toList();
    List<Measure> calls = aggregate.getAggCallList().stream().map(this::measure).toList();
    var keys = new TreeMap<String, Expr>();
    groupFields.stream().filter(k -> !isLiteral(k)).forEach(k -> keys.put(ExprText.of(k), k));
    var measures = new TreeMap<String, Measure>();
    calls.forEach(m -> measures.put(m.canonicalText(), m));
    var fields = new ArrayList<Expr>();
    groupFields.forEach(k ->
        fields.add(isLiteral(k) ? k : new Slot(keys.headMap(ExprText.of(k)).size(), k.type())));
    calls.forEach(m ->
        fields.add(
            new Slot(keys.size() + measures.headMap(m.canonicalText()).size(), ExprType.WHOLE)));
    return new Grouped(
        rows,
        List.copyOf(keys.values()),
        List.copyOf(measures.values()),
        fields,
        List.of(),
        List.of(),
        false,
        0,
        OptionalLong.empty());
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof Lit || expr instanceof NullLit;
  }

  private Measure measure(AggregateCall call) {
    String name = StatementCheck.name(call.getAggregation().getName());
    if (call.isApproximate()
        || call.ignoreNulls()
        || call.distinctKeys != null
        || !call.rexList.isEmpty()) {
      throw RefusedException.of(name, PlanRule.FUNCTION_NOT_ALLOWED);
    }
    Expr filter = call.hasFilter() ? where(field(call.filterArg)) : Exprs.TRUE;
    Function function = function(call, name);
    if (function.quantile()) {
      return quantile(call, function, filter);
    }
    if (!call.getCollation().getFieldCollations().isEmpty() || call.getArgList().size() > 1) {
      throw RefusedException.of(name, PlanRule.FUNCTION_NOT_ALLOWED);
    }
    Expr argument = call.getArgList().isEmpty() ? Exprs.TRUE : field(call.getArgList().getFirst());
    boolean rows =
        function == Function.COUNT && (call.getArgList().isEmpty() || isNonNull(argument));
    checkArgument(function, name, argument);
    return rows
        ? new Measure(Function.COUNT_ROWS, Exprs.TRUE, filter, BigDecimal.ZERO)
        : new Measure(function, argument, filter, BigDecimal.ZERO);
  }

  private static void checkArgument(Function function, String name, Expr argument) {
    boolean numeric = argument.type().base() == Base.NUMBER || argument.type().base() == Base.REAL;
    boolean counts = function == Function.COUNT || function == Function.COUNT_DISTINCT;
    if (!counts && !numeric) {
      throw RefusedException.of(name, PlanRule.TYPE_NOT_ALLOWED);
    }
  }

  private static boolean isNonNull(Expr argument) {
    return argument instanceof Lit;
  }

  /** Inside FILTER, unknown counts as false. */
  private static Expr where(Expr filter) {
    return filter instanceof Expr.IsTrue t ? t.operand() : filter;
  }

  private static Function function(AggregateCall call, String name) {
    if (call.isDistinct() && !name.equals("COUNT")) {
      throw RefusedException.of(name + "_DISTINCT", PlanRule.FUNCTION_NOT_ALLOWED);
    }
    return switch (name) {
      case "COUNT" -> call.isDistinct() ? Function.COUNT_DISTINCT : Function.COUNT;
      case "SUM" -> Function.SUM;
      case "AVG" -> Function.AVERAGE;
      case "MIN" -> Function.MINIMUM;
      case "MAX" -> Function.MAXIMUM;
      case "PERCENTILE_CONT" -> Function.QUANTILE_CONTINUOUS;
      case "PERCENTILE_DISC" -> Function.QUANTILE_DISCRETE;
      default -> throw RefusedException.of(name, PlanRule.FUNCTION_NOT_ALLOWED);
    };
  }

  private Measure quantile(AggregateCall call, Function function, Expr filter) {
    var order = call.getCollation().getFieldCollations();
    if (call.getArgList().size() != 1
        || order.size() != 1
        || !(field(call.getArgList().getFirst()) instanceof Lit lit)
        || !(Values.of(lit) instanceof BigDecimal fraction)
        || fraction.signum() < 0
        || fraction.compareTo(BigDecimal.ONE) > 0
        || fraction.stripTrailingZeros().scale() > 6) {
      throw RefusedException.of("PERCENTILE", PlanRule.LITERAL_NOT_ALLOWED);
    }
    Expr argument = field(order.getFirst().getFieldIndex());
    checkArgument(function, "PERCENTILE", argument);
    boolean descending = order.getFirst().getDirection().isDescending();
    if (descending && function == Function.QUANTILE_DISCRETE) {
      throw RefusedException.of("PERCENTILE_DISC_DESCENDING", PlanRule.FUNCTION_NOT_ALLOWED);
    }
    BigDecimal ascending = descending ? BigDecimal.ONE.subtract(fraction) : fraction;
    return new Measure(function, argument, filter, ascending);
  }

  private Expr field(int index) {
    return mention.apply(rows.fields().get(index));
  }
}
