/**
 * What is provable afterwards: one {@link dev.weir.kernel.evidence.EvidenceRecord} per decision,
 * release, spend, change and act.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.kernel.evidence;
