/**
 * SQL text to a question in normal form, through Calcite's parser, validator and algebra. The only
 * package that knows Calcite. Each step admits a closed list and refuses the rest by name; no
 * message of the parser's leaves it. Start with {@link dev.weir.query.plan.parse.SqlReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.parse;
