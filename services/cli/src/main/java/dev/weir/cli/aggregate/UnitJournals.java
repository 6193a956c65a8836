package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.Contributor;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.UploadJournal;
import dev.weir.runtime.embedded.FileLocks;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The journals of a party's reports to a task that counts one report of it in each unit of time:
 * one for each unit and content. Nobody else works on them while this is open. Confined.
 */
final class UnitJournals implements AutoCloseable {
  private static final Pattern NAME =
      Pattern.compile("unit-([0-9]{1,18})-([0-9a-f]{64})\\.journal");

  private final Path own;
  private final List<Path> party;
  private final FileLocks.Held lock;

  /** The journal of a report that was made in a unit, or will be. */
  record Place(Path journal, long unit, String sha256) {}

  private UnitJournals(Path own, List<Path> party, FileLocks.Held lock) {
    this.own = own;
    this.party = List.copyOf(party);
    this.lock = lock;
  }

  /**
   * @param task a directory for everything of one task
   * @param all of the task's contributors: a party may have several keys
   * @throws CommandFault when another process works on the party's
   */
  static UnitJournals open(Path task, Contributor contributor, List<Contributor> all) {
    OwnerOnly.directory(task);
    var party =
        all.stream()
            .filter(one -> one.party().equals(contributor.party()))
            .map(one -> directory(task, one))
            .toList();
    var lock =
        FileLocks.tryHold(task.resolve("party-" + contributor.party().value() + ".lock"))
            .orElseThrow(() ->
                new CommandFault(
                    ExitCode.RETRYABLE,
                    "本机上该主体对此任务的另一次上报正在进行",
                    "another upload of this party to the task is under way on this machine"));
    return new UnitJournals(OwnerOnly.directory(directory(task, contributor)), party, lock);
  }

  private static Path directory(Path task, Contributor contributor) {
    return task.resolve(contributor.id().bytes().hex());
  }

  /** The newest report that was made of this content, by this key. */
  Optional<Place> of(String sha256) {
    return in(own).stream()
        .filter(place -> place.sha256().equals(sha256))
        .filter(place -> has(place, false))
        .max(Comparator.comparingLong(Place::unit));
  }

  /** True when the party has a report in a unit that the leader has, or may still get. */
  boolean isTaken(long unit) {
    return party.stream()
        .flatMap(directory -> in(directory).stream())
        .filter(place -> place.unit() == unit)
        .anyMatch(place -> has(place, true));
  }

  /** Where a new report is kept. */
  Place place(long unit, String sha256) {
    return new Place(own.resolve("unit-" + unit + "-" + sha256 + ".journal"), unit, sha256);
  }

  /** One that was made, and, where it shall stand, that was not refused. */
  private static boolean has(Place place, boolean standing) {
    try (var journal = new UploadJournal(place.journal())) {
      return journal.made() > 0 && !(standing && !journal.told().isEmpty());
    }
  }

  private static List<Place> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    var places = new ArrayList<Place>();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          places.add(new Place(file, Long.parseLong(name.group(1)), name.group(2)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places;
  }

  @Override
  public void close() {
    lock.close();
  }
}
