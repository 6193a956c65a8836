/**
 * What every change of the control plane has in common: whose hand made it, that it is recorded
 * with its evidence leaf, its snapshot and its history in one transaction, and that a repeated
 * write answers as the first did. Knows nothing of what is changed. Start with {@link
 * dev.weir.space.change.ChangeLog}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.change;
