/**
 * The messages of the Distributed Aggregation Protocol, edition draft-ietf-ppm-dap-18: what client,
 * leader, helper and collector say to each other, whatever carries it. It never sends, stores,
 * encrypts or decides. Everything bound to the edition is in {@link dev.weir.dap.DapEdition}; start
 * with {@link dev.weir.dap.report.Report}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-ppm-dap/18/">DAP draft 18</a>
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap;
