package dev.weir.query.plan.answer;

import dev.weir.query.plan.OutputColumn;
import dev.weir.query.plan.expr.Evaluation;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.expr.Values;
import dev.weir.query.plan.question.Ordering;
import dev.weir.query.plan.question.Output;
import dev.weir.query.plan.question.Question;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HAVING, ORDER BY, LIMIT and the choice of columns, over finished values only. */
final class Presentation {
  private final Question question;

  Presentation(Question question) {
    this.question = question;
  }

  /** Without an order of its own an answer keeps the order of {@code drafts}. */
  Answer of(List<OutputColumn> columns, List<Draft> drafts, boolean groupsWithheld) {
    Stream<Draft> rows = drafts.stream();
    if (!question.having().equals(Exprs.TRUE)) {
      rows =
          rows.filter(draft -> new Evaluation(leaf -> slot(draft, leaf)).holds(question.having()));
    }
    if (!question.order().isEmpty()) {
      rows = rows.sorted(order());
    }
    rows = rows.skip(question.offset());
    if (question.limit().isPresent()) {
      rows = rows.limit(question.limit().getAsLong());
    }
    return new Answer(columns, rows.map(this::row).toList(), groupsWithheld);
  }

  private AnswerRow row(Draft draft) {
    List<Cell> cells =
        question.outputs().stream()
            .map(output ->
                switch (output) {
                  case Output.Key k -> key(draft.keys().get(k.index()));
                  case Output.Value v -> draft.measures().get(v.index());
                  case Output.Constant c -> new Cell.Text(c.text());
                })
            .toList();
    return new AnswerRow(cells, draft.suppressed());
  }

  private static Cell key(Optional<String> text) {
    return text.<Cell>map(Cell.Text::new).orElseGet(Cell.Null::new);
  }

  private @Nullable Object slot(Draft draft, Expr leaf) {
    return leaf instanceof Slot s ? value(draft, s.index()) : null;
  }

  private @Nullable Object value(Draft draft, int slot) {
    int keys = question.keys().size();
    if (slot < keys) {
      return draft
          .keys()
          .get(slot)
          .flatMap(text -> Values.parse(question.keys().get(slot).type(), text))
          .orElse(null);
    }
    return switch (draft.measures().get(slot - keys)) {
      case Cell.Number n -> n.value();
      case Cell.Quantile q -> q.value();
      case Cell.Text t -> t.value();
      case Cell.Null n -> null;
      case Cell.Suppressed s -> null;
    };
  }

  private Comparator<Draft> order() {
    Comparator<Draft> comparator = (_, _) -> 0;
    for (Ordering by : question.order()) {
      if (by.slot() >= question.keys().size()) {
        // A value that is not shown is no order to begin with, whichever way nulls go.
        comparator = comparator.thenComparing(Draft::suppressed);
      }
      comparator =
          comparator.thenComparing((a, b) -> compare(by, value(a, by.slot()), value(b, by.slot())));
    }
    return comparator;
  }

  private static int compare(Ordering by, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      int nulls = Boolean.compare(a == null, b == null);
      return by.nullsFirst() ? -nulls : nulls;
    }
    return by.descending() ? Values.compare(b, a) : Values.compare(a, b);
  }
}
