package dev.weir.audit.verify;

import dev.weir.audit.verify.Finding.Rule;
import dev.weir.audit.verify.Verdict.Stated;
import dev.weir.privacy.merkle.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Verifies the export in a directory. Never throws on what it finds there; everything that does not
 * hold becomes a {@link Finding}. The keys inside an export were put there by whoever exported it,
 * who can also make a whole log under fresh keys: an auditor brings keys got by another way, or
 * compares the fingerprints of the verdict with them.
 */
public final class LogVerifier {
  private LogVerifier() {}

  /** What a verification is held to beside the export itself. */
  public record Trust(Optional<Path> keys, Optional<Path> since) {
    /** The keys inside the export, and no earlier checkpoint. */
    public static final Trust ON_FIRST_USE = new Trust(Optional.empty(), Optional.empty());

    /**
     * @param directory with {@code log.vkey}, {@code log-sm3.vkey} and {@code witness.vkey}
     */
    public Trust withKeys(Path directory) {
      return new Trust(Optional.of(directory), since);
    }

    /**
     * Holds the log to a checkpoint that was cosigned earlier, so that truncation is found.
     *
     * @param checkpoint file with the earlier checkpoint
     */
    public Trust since(Path checkpoint) {
      return new Trust(keys, Optional.of(checkpoint));
    }
  }

  public static Verdict verify(Path directory) throws IOException {
    return verify(directory, Trust.ON_FIRST_USE);
  }

  public static Verdict verify(Path directory, Trust trust) throws IOException {
    var earlier =
        trust.since().isEmpty()
            ? Optional.<byte[]>empty()
            : Optional.of(Files.readAllBytes(trust.since().get()));
    var export = new Export(directory, trust.keys().orElse(directory.resolve("keys")));
    return verify(export, earlier, trust.keys().isPresent());
  }

  private static Verdict verify(Export export, Optional<byte[]> sinceBytes, boolean pinned) {
    var notes = new NoteCheck(export);
    var main = notes.main();
    if (main.isEmpty()) {
      return new Verdict(
          0, export.findings(), List.of(), List.of(), List.of(), export.fingerprints(), pinned);
    }
    var checkpoint = main.get();
    var twin = notes.twin(checkpoint);
    var since = sinceBytes.flatMap(bytes -> notes.since(bytes, checkpoint));
    var budgets = new BudgetCheck();
    var prices = new PriceCheck();
    var leaves = new LeafCheck(export, budgets, prices);
    var entries = new EntryCheck(export, leaves, checkpoint.size(), since);
    if (entries.run()) {
      roots(export, entries, checkpoint, twin);
    }
    since.ifPresent(earlier -> compare(export, entries, earlier, checkpoint));
    var unchecked = new TreeSet<String>();
    boolean readable =
        export.findings().stream().map(Finding::rule).noneMatch(LogVerifier::hidesLeaves);
    budgets.finish(export, unchecked);
    List<Stated> stated = List.of();
    if (readable) {
      prices.finish(export, unchecked);
      stated = new StatementCheck(export).run(leaves.readings(), checkpoint.size());
    }
    return new Verdict(
        checkpoint.size(),
        export.findings(),
        List.copyOf(unchecked),
        stated,
        StatementCheck.unstated(leaves.readings(), stated),
        export.fingerprints(),
        pinned);
  }

  /** A bill cannot be held against leaves that could not be read. */
  private static boolean hidesLeaves(Rule rule) {
    return rule == Rule.ENTRY || rule == Rule.MISSING || rule == Rule.LEAF;
  }

  private static void roots(
      Export export, EntryCheck entries, Checkpoint main, Optional<Checkpoint> twin) {
    if (!entries.root().equals(main.root())) {
      export.find(Rule.ROOT, NoteCheck.MAIN);
    }
    if (twin.filter(other -> !other.root().equals(entries.twinRoot())).isPresent()) {
      export.find(Rule.ROOT, NoteCheck.TWIN);
    }
  }

  private static void compare(
      Export export, EntryCheck entries, Checkpoint earlier, Checkpoint main) {
    if (earlier.size() > main.size()) {
      export.find(Rule.TRUNCATED, main.size(), "", NoteCheck.MAIN);
    } else if (entries.sinceRoot().filter(root -> !root.equals(earlier.root())).isPresent()) {
      export.find(Rule.FORK, NoteCheck.MAIN);
    }
  }
}
