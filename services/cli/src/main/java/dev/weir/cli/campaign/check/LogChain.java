package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log is one chain: every checkpoint that was ever remembered, published or shown to a client
 * is the root over the same leaves, and none is larger than the newest; the SM3 twin likewise, and
 * it ends where the SHA-256 tree does.
 */
final class LogChain {
  private static final int FULL = 256;

  private final Path log;
  private final Report report;

  /** Size and root of a published checkpoint. */
  record Published(long size, String root) {
    /** Reads a C2SP checkpoint; empty when there is none yet. */
    static Optional<Published> read(Path file) throws IOException {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var lines = Files.readAllLines(file);
      return Optional.of(new Published(Long.parseLong(lines.get(1)), lines.get(2)));
    }
  }

  LogChain(Path log, Report report) {
    this.log = log;
    this.report = report;
  }

  void check(PostgresTables tables, KafkaTopics topics, Leaves leaves, List<Acknowledgement> told)
      throws SQLException, IOException {
    var roots = Tree.SHA256.roots(leaves);
    for (var row : tables.rows("select size, root from audit.checkpoint")) {
      String root = Base64.getEncoder().encodeToString(row.bytes("root"));
      report.require(
          root.equals(roots.get(row.number("size"))),
          "checkpoint " + row.number("size") + " in the database has another root");
    }
    long newest = published(Tree.SHA256, roots, told);
    long newestTwin = published(Tree.SM3, Tree.SM3.roots(leaves), told);
    report.require(newest == newestTwin, "the twin ends at " + newestTwin + " of " + newest);
    entries(leaves, newest);
    arrived(tables, topics, leaves);
  }

  /** Holds what was published and shown of a tree to its roots; returns its newest size. */
  private long published(Tree tree, Map<Long, String> roots, List<Acknowledgement> told)
      throws IOException {
    long newest = 0;
    for (String file : List.of(tree.checkpoint(), tree.cosigned())) {
      var published = Published.read(log.resolve(file));
      if (published.isPresent()) {
        newest = Math.max(newest, published.get().size());
        same(roots, file, published.get());
      }
    }
    for (var one : told) {
      if (one.kind().equals(tree.shown())) {
        var shown = new Published(Long.parseLong(one.id()), one.receipt());
        same(roots, tree.shown() + " shown before", shown);
        report.require(shown.size() <= newest, "the log shrank from " + shown.size());
      }
    }
    return newest;
  }

  private void same(Map<Long, String> roots, String what, Published published) {
    report.require(
        published.root().equals(roots.get(published.size())),
        what + " of size " + published.size() + " has another root");
  }

  /** Every message of the evidence topic is a leaf; the ids of leaves are their own. */
  private void arrived(PostgresTables tables, KafkaTopics topics, Leaves leaves)
      throws SQLException {
    var sent = new HashSet<String>();
    topics.readAll(
        "audit.evidence", message -> sent.add(new String(message.key(), StandardCharsets.UTF_8)));
    long missing = sent.stream().filter(id -> !leaves.has(id)).count();
    report.require(missing == 0, missing + " leaves of the topic are not in the log");
    report.require(
        sent.size() == leaves.all().size(), "the log has leaves that nobody sent: " + sent.size());
    report.require(
        tables.number("select count(*) from audit.refused") == 0, "messages were refused");
    for (int i = 0; i < leaves.all().size(); i++) {
      var leaf = leaves.all().get(i);
      report.require(
          leaf.index() == i && leaf.id().equals(leaf.json().path("id").asText()),
          "leaf " + i + " has another index or id");
    }
  }

  /** The published entry bundles hold the same bytes. */
  private void entries(Leaves leaves, long size) throws IOException {
    for (long first = 0; first < size; first += FULL) {
      long width = Math.min(FULL, size - first);
      byte[] bundle = bundle(first / FULL, width);
      var expected = new java.io.ByteArrayOutputStream();
      for (long i = first; i < first + width && i < leaves.all().size(); i++) {
        byte[] body = leaves.all().get((int) i).body();
        expected.write(ByteBuffer.allocate(2).putShort((short) body.length).array());
        expected.write(body);
      }
      report.require(
          Arrays.equals(bundle, expected.toByteArray()), "entries from " + first + " differ");
    }
  }

  private byte[] bundle(long index, long width) throws IOException {
    var path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    Path file = log.resolve("tile/entries").resolve(path + (width == FULL ? "" : ".p/" + width));
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }
}
