/** The control plane on a real database. */
@org.jspecify.annotations.NullMarked
package dev.weir.space;
