/**
 * From SQL text to what may run: parses into Calcite's algebra, passes only a closed list of nodes
 * and total functions, checks every use of every column against the party's grants and generates
 * the engine's statements and the noise plan. Pure: reads no data, keeps no state, and nothing it
 * decides depends on a record. User text never reaches an engine. Start with {@link
 * dev.weir.query.plan.QueryPlanner}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan;
