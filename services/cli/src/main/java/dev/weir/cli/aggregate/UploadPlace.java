package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.profile.ContributorId;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the journal of one contributor's upload of one file is, named after the file's content: the
 * same rows find their journal again wherever the file lies; other rows never do, nor does another
 * contributor with equal ones.
 *
 * @param content of the file when its journal was looked for
 */
record UploadPlace(Path journal, SourceFile.Content content) {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})-[0-9]+\\.journal");

  /**
   * @param task a directory for everything of one task
   * @param again for a journal of its own though the same content was uploaded before
   * @throws CommandFault when the file begins with another one that was uploaded before, and not by
   *     chance
   */
  static UploadPlace of(
      UploadAnswer answer, Path task, ContributorId contributor, SourceFile file, boolean again)
      throws IOException {
    OwnerOnly.directory(task);
    Path directory = OwnerOnly.directory(task.resolve(contributor.bytes().hex()));
    var content = file.content(again ? Set.of() : uploaded(directory));
    String name = content.sha256();
    int number = 1;
    while (again && Files.exists(journal(directory, name, number))) {
      number++;
    }
    var place =
        new UploadPlace(again ? journal(directory, name, number) : last(directory, name), content);
    if (place.isNew()) {
      for (var earlier : content.earlier().stream().toList()) {
        Path journal = last(directory, earlier.sha256());
        place.tellGrown(answer, file, earlier, Files.getLastModifiedTime(journal).toInstant());
      }
    }
    return place;
  }

  /** A file that grew since: its first rows would count once more. */
  private void tellGrown(
      UploadAnswer answer, SourceFile file, SourceFile.Beginning earlier, Instant sent) {
    var day = sent.truncatedTo(ChronoUnit.SECONDS);
    String zh = file.path() + " 的前 " + earlier.rows() + " 行与此前（" + day + "）上报的文件相同";
    String en =
        "the first %,d rows of %s are those of a file that was uploaded before (%s)"
            .formatted(earlier.rows(), file.path(), day);
    if (earlier.mayBeChance()) {
      answer.say(
          zh + "；若是同一文件增长而来，这些行将重复计入", en + "; if the file grew since, they count again now");
      return;
    }
    throw new CommandFault(
        ExitCode.USAGE,
        zh + "，再次上报会重复计入，故未上报任何内容；请把新增的行另存为一个文件上报，如确需全部计入请加 --again",
        en
            + " and would count again, so nothing was sent: upload the new rows as a file of their"
            + " own, or all of them with --again");
  }

  /** Contents of which this contributor sent anything, or means to. */
  private static Set<String> uploaded(Path directory) throws IOException {
    var known = new HashSet<String>();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.size(file) > 0) {
          known.add(name.group(1));
        }
      }
    }
    return known;
  }

  /** Where an aggregator's key is kept, for all files of a task. */
  static Path key(Path task, String aggregator) {
    return task.resolve(aggregator + ".hpke");
  }

  /** Nothing was made of any row yet. */
  boolean isNew() throws IOException {
    return !Files.exists(journal) || Files.size(journal) == 0;
  }

  /** When the journal was last written; empty for a new one. */
  Optional<Instant> written() throws IOException {
    return Files.exists(journal)
        ? Optional.of(Files.getLastModifiedTime(journal).toInstant())
        : Optional.empty();
  }

  /** The newest one: what {@code --again} began is gone on with without it. */
  private static Path last(Path directory, String name) {
    int number = 1;
    while (Files.exists(journal(directory, name, number + 1))) {
      number++;
    }
    return journal(directory, name, number);
  }

  private static Path journal(Path directory, String name, int number) {
    return directory.resolve(name + "-" + number + ".journal");
  }
}
