package dev.weir.query.job;

import dev.weir.kernel.LineageId;
import java.util.List;

/**
 * What a query will cost and how exact its answer will be, known without reading the data.
 *
 * @param fen of this call at the contract's price, before free calls and ceiling
 */
public record Expected(List<LineageCost> costs, long fen, List<AnswerView.Column> columns) {
  public Expected {
    costs = List.copyOf(costs);
    columns = List.copyOf(columns);
  }

  /** Charged to one lineage's allotment. */
  public record LineageCost(LineageId lineageId, long nanoRho, long picoDelta) {}
}
