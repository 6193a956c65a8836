/**
 * Data resources: registered with a confirmed schema, classified and graded, coded once for ever
 * (NDI-TR-2025-04), authorised into an operation domain by their provider. Only descriptions live
 * here, never a record. Start with {@link dev.weir.space.resource.Resources}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.resource;
