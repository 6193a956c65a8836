/**
 * Cleaning: rules that a row must meet, what happens when it does not, and the report of how often
 * that was. Start with {@link dev.weir.intake.cleaning.CleaningRule} and {@code Cleaner}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.cleaning;
