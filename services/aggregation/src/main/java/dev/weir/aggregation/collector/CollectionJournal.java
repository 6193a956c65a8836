package dev.weir.aggregation.collector;

import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.id.TaskId;
import dev.weir.runtime.embedded.FileLocks;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** All collections of one collector, by task, in the order of their beginning. Confined. */
public final class CollectionJournal {
  private static final String LOCK = "lock";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{6,9}");

  private final Path directory;

  /**
   * @param directory of this collector alone; made, for its owner only, when it is not there
   */
  public CollectionJournal(Path directory) {
    this.directory = OwnerOnly.directory(directory);
  }

  /**
   * Finds the collection that these bytes stand for, or keeps them as a new one: one process after
   * the other, where several share the directory.
   */
  public KeptCollection open(TaskId task, CollectionJobReq request) {
    Path own = OwnerOnly.directory(directory.resolve(task.toString()));
    return FileLocks.exclusively(
        own.resolve(LOCK),
        () -> {
          var kept = in(own);
          return kept.stream()
              .filter(KeptCollection::isWhole)
              .filter(one -> one.stands(request))
              .findFirst()
              .map(KeptCollection::again)
              .orElseGet(() -> KeptCollection.begin(own.resolve(next(kept)), request));
        });
  }

  /** What was begun for a task and is not over. */
  public List<KeptCollection> underWay(TaskId task) {
    return all(task).stream().filter(one -> !one.isOver()).toList();
  }

  /** Everything that was begun for a task. */
  public List<KeptCollection> all(TaskId task) {
    return in(OwnerOnly.directory(directory.resolve(task.toString()))).stream()
        .filter(KeptCollection::isWhole)
        .toList();
  }

  /** Behind the last one, whatever was removed before it. */
  private static String next(List<KeptCollection> kept) {
    return "%06d".formatted(kept.isEmpty() ? 1 : kept.getLast().number() + 1);
  }

  private static List<KeptCollection> in(Path own) {
    try (var all = Files.list(own)) {
      return all.filter(one -> NUMBER.matcher(one.getFileName().toString()).matches())
          .map(KeptCollection::new)
          .sorted(Comparator.comparingInt(KeptCollection::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
