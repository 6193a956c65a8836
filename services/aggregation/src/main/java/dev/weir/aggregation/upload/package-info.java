/**
 * Uploads: reports from contributors into the leader's lanes. Start with {@link
 * dev.weir.aggregation.upload.ReportIntake}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.upload;
