/**
 * The typed configuration of every service: complete and checked at start, unknown keys are errors,
 * secrets stay in files that it names. Start with {@link
 * dev.weir.runtime.config.WeirConfiguration}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.config;
