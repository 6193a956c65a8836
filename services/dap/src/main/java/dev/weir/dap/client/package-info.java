/**
 * The contributor's side: from a measurement to a signed report that only the two aggregators
 * together could read. Needs no broker, no database and no web framework. Start with {@link
 * dev.weir.dap.client.ReportMaker}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.client;
