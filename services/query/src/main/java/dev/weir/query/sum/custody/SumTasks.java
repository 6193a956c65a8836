package dev.weir.query.sum.custody;

import dev.weir.query.sum.SumTask;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks that a role serves, by id. Immutable. */
public final class SumTasks {
  private final Map<String, SumTask> byId;

  public SumTasks(Collection<SumTask> tasks) {
    var all = new HashMap<String, SumTask>();
    tasks.forEach(task -> all.put(task.id(), task));
    this.byId = Map.copyOf(all);
  }

  /** Every {@code *.json} of a directory; there is none without a sound task in it. */
  public static SumTasks read(Path directory) throws IOException {
    List<Path> files;
    try (var listed = Files.newDirectoryStream(directory, "*.json")) {
      files = java.util.stream.StreamSupport.stream(listed.spliterator(), false).sorted().toList();
    }
    var tasks = new HashMap<Path, SumTask>();
    for (Path file : files) {
      tasks.put(file, readFile(file));
    }
    return new SumTasks(tasks.values());
  }

  /** One task. */
  public static SumTask readFile(Path file) throws IOException {
    return Json.read(Files.readAllBytes(file), SumTask.class);
  }

  public Optional<SumTask> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public List<SumTask> all() {
    return List.copyOf(byId.values());
  }
}
