package dev.weir.intake.treatment;

/** The treatment of one column. */
public record ColumnTreatment(String column, Treatment treatment) {}
