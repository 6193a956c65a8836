/**
 * Treatment: what becomes of each column before a record is stored. De-identified is not anonymised
 * (PIPL Art. 73): treated records stay inside their domain. Start with {@link
 * dev.weir.intake.treatment.Treatment} and {@link dev.weir.intake.treatment.TreatmentPlan}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.intake.treatment;
