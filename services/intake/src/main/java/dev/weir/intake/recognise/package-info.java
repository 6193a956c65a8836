/**
 * Recognisers look at a column's name and values and propose role, class and level; a person
 * decides. Where nothing is recognised nothing is proposed. Start with {@link
 * dev.weir.intake.recognise.Recognisers}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.recognise;
