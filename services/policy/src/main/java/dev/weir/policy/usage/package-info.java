/**
 * The decision point of TC609-6-2025-15: loads a contract's policy, decides on one use, and is the
 * only maker of permits. Pure: no clock, file or network. Start with {@link
 * dev.weir.policy.usage.UsageControl}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.usage;
