package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ResourceId;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.query.plan.render.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CohortJsonTest {
  private static final Expr DAY = new Expr.Col("t", "day", ExprType.DATE);
  private static final Expr NAME = new Expr.Col("t", "name", ExprType.TEXT);
  private static final Expr SIZE = new Expr.Col("t", "size", ExprType.number(2));

  /** Every kind of expression there is, so that a new one without a name fails here. */
  private static List<Expr> expressions() {
    var lit = new Expr.Lit(ExprType.number(2), "150");
    return List.of(
        DAY,
        new Expr.Slot(3, ExprType.WHOLE),
        lit,
        new Expr.NullLit(ExprType.TEXT),
        new Expr.Compare(Expr.Comparison.LE, SIZE, lit),
        new Expr.Logic(true, List.of(Exprs.TRUE, Exprs.FALSE)),
        new Expr.Not(Exprs.TRUE),
        new Expr.IsNull(NAME),
        new Expr.IsTrue(Exprs.TRUE),
        new Expr.Like(NAME, "浙%"),
        new Expr.Case(ExprType.TEXT, List.of(new Expr.When(Exprs.TRUE, NAME)), NAME),
        new Expr.Arithmetic(Expr.Operation.ADD, ExprType.number(2), SIZE, lit),
        new Expr.Rescale(ExprType.number(3), SIZE),
        new Expr.ToReal(SIZE),
        new Expr.ToTimestamp(DAY),
        new Expr.Extract(Expr.TimePart.MONTH, DAY),
        new Expr.FloorTo(Expr.TimePart.YEAR, DAY),
        new Expr.LetterCase(true, NAME),
        new Expr.Substring(NAME, 1, 2));
  }

  @Test
  void everyKindOfExpression_comesBack() {
    assertThat(expressions()).hasSameSizeAs(Expr.class.getPermittedSubclasses());
    var told = told(expressions());
    assertThat(CohortJson.read(CohortJson.write(told))).isEqualTo(told);
  }

  @Test
  void manyConditions_takeLittleRoom() {
    var parts = new ArrayList<Expr>();
    for (int i = 0; i < 2_000; i++) {
      var value = new Expr.Lit(ExprType.TEXT, "airport " + i);
      parts.add(new Expr.Compare(Expr.Comparison.NE, NAME, value));
    }
    var told = told(parts);
    String text = CohortJson.write(told);
    assertThat(text.length()).isLessThan(60_000);
    assertThat(CohortJson.read(text)).isEqualTo(told);
  }

  private static CohortJson.Told told(List<Expr> parts) {
    var all = new Fragment("TRUE", List.of());
    var selection = new Selection(parts, Map.of("t", "f"), Set.of("f.\"day\""));
    var shadow =
        new Cohorts(
            new ResourceId(UUID.nameUUIDFromBytes(new byte[] {1})),
            List.of(),
            all,
            List.of(),
            List.of(new Cohorts.Family("a column", all, selection)),
            List.of());
    var cohorts =
        new Cohorts(
            new ResourceId(UUID.nameUUIDFromBytes(new byte[] {1})),
            List.of(),
            all,
            List.of(new Cohorts.Key(all, "{}", DAY)),
            List.of(new Cohorts.Family(Cohorts.ROWS, all, selection)),
            List.of(new Cohorts.Shadow(List.of(0), shadow)));
    return new CohortJson.Told(
        Map.of(EngineDialect.DUCKDB, cohorts), List.of(List.of(Optional.of("2001-01-01"))), 7);
  }
}
