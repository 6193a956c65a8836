package dev.weir.query.plan;

/** The engines a plan can be written for. */
public enum EngineDialect {
  DUCKDB,
  POSTGRESQL
}
