/** The schema registry on a real database. */
@org.jspecify.annotations.NullMarked
package dev.weir.space.registry;
