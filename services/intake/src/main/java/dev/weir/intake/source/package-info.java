/**
 * Sources: files that a provider uploaded, kept in the domain's directory, profiled for the
 * provider alone. Start with {@link dev.weir.intake.source.SourceResource}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.source;
