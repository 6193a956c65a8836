/**
 * What Weir asks for beyond DAP, in the places that DAP leaves open: what is behind {@code
 * task_info}, and a report extension by which both aggregators know who contributed. Start with
 * {@link dev.weir.dap.profile.TaskInfo}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.profile;
