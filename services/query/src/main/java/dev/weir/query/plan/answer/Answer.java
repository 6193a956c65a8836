package dev.weir.query.plan.answer;

import dev.weir.query.plan.OutputColumn;
import java.util.List;

/**
 * What may leave the domain.
 *
 * @param rows in the order asked for, otherwise by key
 * @param groupsWithheld whether groups below the minimum are left out of answers like this; says
 *     nothing about whether there are any
 */
public record Answer(List<OutputColumn> columns, List<AnswerRow> rows, boolean groupsWithheld) {
  public Answer {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
