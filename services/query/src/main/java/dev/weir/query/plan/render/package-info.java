/**
 * Engine SQL from checked questions. Values are bound, names are ours, and no cast or arithmetic
 * can fail depending on data. {@link dev.weir.query.plan.render.EngineTables} says how records must
 * be stored for that; start with it.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.render;
