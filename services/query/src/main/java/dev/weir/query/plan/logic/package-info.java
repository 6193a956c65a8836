/**
 * What can be said of conditions without looking at the records: whether one selection lies within
 * another whatever the records are. Sound, not complete.
 */
@NullMarked
package dev.weir.query.plan.logic;

import org.jspecify.annotations.NullMarked;
