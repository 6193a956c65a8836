package dev.weir.audit.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.audit.export.LogExporter;
import dev.weir.audit.export.LogSource;
import dev.weir.audit.log.Leaf;
import dev.weir.audit.log.Leaves;
import dev.weir.audit.log.TestLog;
import dev.weir.audit.log.WitnessDriver;
import dev.weir.audit.meter.Reading;
import dev.weir.audit.meter.StatementFold;
import dev.weir.audit.witness.HttpWitness;
import dev.weir.audit.witness.HttpWitnessServer;
import dev.weir.audit.witness.WitnessSettings;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.EntryBundle;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.privacy.merkle.TreeHasher;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exports of a real log with a real witness, made once. */
record ExportFixture(Path export, Path earlierExport, Path forkedCheckpoint) {
  private static final Map<Path, ExportFixture> MADE = new HashMap<>();

  static synchronized ExportFixture once(Path root, int leaves) throws Exception {
    if (!MADE.containsKey(root)) {
      MADE.put(root, make(root, leaves));
    }
    return MADE.get(root);
  }

  private static ExportFixture make(Path root, int leaves) throws Exception {
    var log = new TestLog(root);
    try (var witness = witness(root)) {
      log.grow(leaves / 2);
      cosign(log, witness);
      var earlier = root.resolve("earlier");
      export(log, witness, earlier, numbers(leaves / 2));
      log.grow(leaves - leaves / 2);
      cosign(log, witness);
      var export = root.resolve("export");
      export(log, witness, export, numbers(leaves));
      return new ExportFixture(export, earlier, forked(root, log, leaves / 2));
    }
  }

  /** A cosigned checkpoint of the same keys over other leaves. */
  private static Path forked(Path root, TestLog log, int size) throws Exception {
    var seen = root.resolve("witness2");
    Files.createDirectories(seen);
    for (var file : List.of("witness.key", "witness.pub")) {
      Files.copy(root.resolve("witness").resolve(file), seen.resolve(file));
    }
    var settings =
        WitnessSettings.onLoopback(seen, 0, "weir.example/witness", root.resolve("keys/log.vkey"));
    try (var server = HttpWitnessServer.start(settings, Clock.systemUTC(), new SecureRandom())) {
      var root1 = TreeHasher.sha256().leaf(new byte[] {7});
      var note =
          log.keys()
              .signer()
              .sign(new SignedNote(new Checkpoint(TestLog.ORIGIN, size, root1).text(), List.of()));
      var reply =
          new HttpWitness(URI.create("http://127.0.0.1:" + server.port()))
              .add(new dev.weir.audit.witness.AddCheckpoint(0, List.of(), note));
      var cosigned = (dev.weir.audit.witness.WitnessReply.Cosigned) reply;
      var file = root.resolve("forked");
      return Files.writeString(file, note.with(cosigned.signature()).encode());
    }
  }

  private static HttpWitnessServer witness(Path root) throws IOException {
    var settings =
        WitnessSettings.onLoopback(
            root.resolve("witness"), 0, "weir.example/witness", root.resolve("keys/log.vkey"));
    return HttpWitnessServer.start(settings, Clock.systemUTC(), new SecureRandom());
  }

  private static void cosign(TestLog log, HttpWitnessServer server) throws Exception {
    var witness = new HttpWitness(URI.create("http://127.0.0.1:" + server.port()));
    new WitnessDriver(log.directory(), witness, () -> Optional.of(server.key())).cosign();
  }

  private static List<Leaf> numbers(int count) {
    var leaves = new ArrayList<Leaf>();
    for (int i = 0; i < count; i++) {
      leaves.add(Leaves.number(i));
    }
    return leaves;
  }

  private static void export(
      TestLog log, HttpWitnessServer witness, Path directory, List<Leaf> leaves) throws Exception {
    LogSource source = path -> answer(log, witness, leaves, path);
    new LogExporter(source, directory).export(done -> {});
  }

  private static byte[] answer(
      TestLog log, HttpWitnessServer witness, List<Leaf> leaves, String path) throws IOException {
    var name = path.substring("/v1/".length());
    if (name.startsWith("log/tile/")) {
      var tile = TilePath.parse(name.substring("log/tile/".length())).orElseThrow();
      return log.directory().tiles().read(tile).orElseThrow();
    }
    if (name.startsWith("log/sm3/tile/")) {
      var tile = TilePath.parse(name.substring("log/sm3/tile/".length())).orElseThrow();
      return log.directory().twinTiles().read(tile).orElseThrow();
    }
    return switch (name) {
      case "log/checkpoint" -> bytes(log.directory().cosigned().orElseThrow().encode());
      case "log/sm3/checkpoint" -> bytes(log.directory().cosignedTwin().orElseThrow().encode());
      case "log/keys" ->
          new ObjectMapper()
              .writeValueAsBytes(
                  Map.of(
                      "log", log.keys().signer().key().encode(),
                      "sm3", log.keys().twinSigner().key().encode(),
                      "witness", witness.key().encode()));
      default -> statement(leaves);
    };
  }

  private static byte[] statement(List<Leaf> leaves) throws IOException {
    var fold =
        new StatementFold(
            Leaves.CONTRACT,
            Instant.parse("1970-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T00:00:00Z"));
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i).record().kind() == EvidenceKind.METER) {
        fold.add(Reading.of(i, leaves.get(i).record()));
      }
    }
    return Json.mapper().writeValueAsBytes(fold.statement(leaves.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String idOf(int index) {
    return Leaves.number(index).id().toString();
  }

  /** A log that is sound in every hash, of these leaves. */
  static Path of(Path root, List<Leaf> leaves) throws Exception {
    var log = new TestLog(root);
    log.grow(leaves);
    try (var witness = witness(root)) {
      cosign(log, witness);
      var export = root.resolve("export");
      export(log, witness, export, leaves);
      return export;
    }
  }

  static void swapEntries(Path bundle, int left, int right) throws IOException {
    var entries = new ArrayList<>(EntryBundle.parse(Files.readAllBytes(bundle)).orElseThrow());
    Collections.swap(entries, left, right);
    Files.write(bundle, EntryBundle.encode(entries));
  }

  static void copyTree(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (var path : walk.toList()) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
