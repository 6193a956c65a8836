package dev.weir.query.plan;

import java.util.List;

/**
 * A statement generated from a checked plan. Total: no cast or arithmetic in it can fail depending
 * on data.
 *
 * @param parameters one per {@code ?}, in order
 * @param keys the first columns of the result, text, null where the key is null
 * @param statistics the remaining columns, whole numbers, never null
 */
public record EngineStatement(String sql, List<Parameter> parameters, int keys, int statistics) {
  public EngineStatement {
    parameters = List.copyOf(parameters);
  }
}
