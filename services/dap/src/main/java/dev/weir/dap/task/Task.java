package dev.weir.dap.task;

import dev.weir.dap.id.TaskId;

/** A configuration with its name. Immutable. */
public record Task(TaskId id, TaskConfiguration configuration) {}
