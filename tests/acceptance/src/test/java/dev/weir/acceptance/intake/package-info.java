/**
 * Intake at full size, on the public data of the demo. Start with {@link
 * dev.weir.acceptance.intake.ThreeMillionTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.intake;
