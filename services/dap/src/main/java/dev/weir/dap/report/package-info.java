/** What a client uploads. Start with {@link dev.weir.dap.report.Report}. */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.report;
