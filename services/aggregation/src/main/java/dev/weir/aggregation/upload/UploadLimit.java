package dev.weir.aggregation.upload;

import dev.weir.aggregation.task.TaskBook;
import dev.weir.dap.id.TaskId;
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.http.BodyLimit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A task whose reports are larger than {@code http.maxBody} takes one such report in a request: as
 * many bytes as its parameters make it, and no more. Thread-safe.
 */
public final class UploadLimit implements BodyLimit {
  private static final Pattern UPLOAD = Pattern.compile("/dap/tasks/([A-Za-z0-9_-]{43})/reports");

  private final TaskBook tasks;

  public UploadLimit(TaskBook tasks) {
    this.tasks = tasks;
  }

  @Override
  public OptionalLong bytes(String method, String path) {
    var upload = UPLOAD.matcher(path);
    if (!method.equals("POST") || !upload.matches()) {
      return OptionalLong.empty();
    }
    var task = id(upload.group(1)).flatMap(tasks::find);
    return task.isPresent() ? OptionalLong.of(task.get().mostReportBytes()) : OptionalLong.empty();
  }

  private static Optional<TaskId> id(String text) {
    try {
      return Optional.of(TaskId.of(text));
    } catch (ProblemException notCanonical) {
      return Optional.empty();
    }
  }
}
