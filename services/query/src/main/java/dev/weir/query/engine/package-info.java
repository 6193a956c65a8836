/**
 * Runs generated statements on the record database under limits of time and rows. It takes
 * statements from the checked plan only, never a user's text, and its failures say nothing about
 * the data. Start with {@link dev.weir.query.engine.SqlEngine}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.engine;
