package dev.weir.kernel.evidence;

/** What an evidence leaf attests. */
public enum EvidenceKind {
  DECISION,
  RELEASE,
  SPEND,
  METER,
  CONTRACT,
  PRODUCT,
  RESOURCE,
  DOMAIN,
  PARTICIPANT,
  INTAKE,
  ADMINISTRATION
}
