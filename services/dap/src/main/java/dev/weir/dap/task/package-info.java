/**
 * What all parties of a task agree on before the first report and never change. Start with {@link
 * dev.weir.dap.task.TaskConfiguration}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.task;
