/**
 * What a source looks like: inferred types, counts, bounds and frequent values of every column. A
 * profile is a release, so only the provider may read it. Start with {@link
 * dev.weir.intake.profile.SourceProfile}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.profile;
