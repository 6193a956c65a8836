/**
 * Made-up persons for demonstrations and tests. Nothing in here is about anybody: identity numbers
 * carry an area code that is not assigned. Start with {@link
 * dev.weir.intake.synthetic.SyntheticPersons}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.synthetic;
