/**
 * Names of tasks, reports, batches and jobs. In addresses they are base64url without padding, and
 * one name has one spelling. Start with {@link dev.weir.dap.id.TaskId}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.id;
