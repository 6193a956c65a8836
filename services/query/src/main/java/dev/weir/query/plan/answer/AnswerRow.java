package dev.weir.query.plan.answer;

import java.util.List;

/**
 * @param cells one per output column
 * @param suppressed whether the noisy count is below the minimum group; keys are then still shown
 *     when they come from a declared domain
 */
public record AnswerRow(List<Cell> cells, boolean suppressed) {
  public AnswerRow {
    cells = List.copyOf(cells);
  }
}
