package dev.weir.aggregation.collector;

import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.id.TaskId;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** All collections of one collector, by task, in the order of their beginning. Confined. */
public final class CollectionJournal {
  private final Path directory;

  /**
   * @param directory of this collector alone; made, for its owner only, when it is not there
   */
  public CollectionJournal(Path directory) {
    this.directory = OwnerOnly.directory(directory);
  }

  /** Finds the collection that these bytes stand for, or keeps them as a new one. */
  public KeptCollection open(TaskId task, CollectionJobReq request) {
    var kept = of(task);
    return kept.stream()
        .filter(KeptCollection::isWhole)
        .filter(one -> one.stands(request))
        .findFirst()
        .map(KeptCollection::again)
        .orElseGet(() -> KeptCollection.begin(next(task, kept.size()), request));
  }

  /** What was begun for a task and is not over. */
  public List<KeptCollection> underWay(TaskId task) {
    return all(task).stream().filter(one -> !one.isOver()).toList();
  }

  /** Everything that was begun for a task. */
  public List<KeptCollection> all(TaskId task) {
    return of(task).stream().filter(KeptCollection::isWhole).toList();
  }

  private Path next(TaskId task, int before) {
    return directory.resolve(task.toString()).resolve("%06d".formatted(before + 1));
  }

  private List<KeptCollection> of(TaskId task) {
    Path own = OwnerOnly.directory(directory.resolve(task.toString()));
    try (var all = Files.list(own)) {
      return all.sorted(Comparator.comparing(Path::getFileName)).map(KeptCollection::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
