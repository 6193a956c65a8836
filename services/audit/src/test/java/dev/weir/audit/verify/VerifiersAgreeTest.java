package dev.weir.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.audit.log.Leaf;
import dev.weir.audit.log.Leaves;
import dev.weir.audit.verify.Finding.Rule;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java and the Python verifier on one export, whole and damaged: the same findings. */
class VerifiersAgreeTest {
  private static final int LEAVES = 600;

  @TempDir static Path shared;
  @TempDir Path work;
  private Path export;

  private static final ContractId OTHER = ContractId.of("00000000-0000-4000-8000-00000000beef");

  @BeforeEach
  void copy() throws Exception {
    var original = ExportFixture.once(shared, LEAVES);
    export = work.resolve("export");
    ExportFixture.copyTree(original.export(), export);
  }

  @Test
  void wholeExport_holds() throws Exception {
    var verdict = bothSay(List.of());
    assertThat(verdict.ok()).isTrue();
    assertThat(verdict.size()).isEqualTo(LEAVES);
    assertThat(verdict.uncheckedBudgets()).isEmpty();
  }

  /** Whoever keeps the log can write another under fresh keys, in which every hash is sound. */
  @Test
  void aLogUnderOtherKeys_holdsOnlyWhereItsOwnKeysAreTrusted() throws Exception {
    var keys = work.resolve("pinned");
    ExportFixture.copyTree(export.resolve("keys"), keys);
    export = ExportFixture.of(work.resolve("forged"), List.of(Leaves.number(0)));

    var onFirstUse = bothSay(List.of());
    assertThat(onFirstUse.ok()).isTrue();
    assertThat(onFirstUse.pinned()).isFalse();

    var pinned = bothSay(List.of("--keys", keys.toString()));
    assertThat(pinned.pinned()).isTrue();
    assertThat(pinned.findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.SIGNATURE, Rule.COSIGNATURE, Rule.SIGNATURE);
    assertThat(pinned.keys()).isNotEqualTo(onFirstUse.keys());
    assertThat(pinned.keys()).containsOnlyKeys("log-sm3.vkey", "log.vkey", "witness.vkey");
  }

  @Test
  void pinnedKeys_areReadInsteadOfThoseInTheExport() throws Exception {
    var keys = work.resolve("pinned");
    ExportFixture.copyTree(export.resolve("keys"), keys);
    flip("keys/log.vkey", 30);
    assertThat(bothSay(List.of("--keys", keys.toString())).ok()).isTrue();
    Files.delete(keys.resolve("witness.vkey"));
    assertThat(bothSay(List.of("--keys", keys.toString())).findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "tile/entries/000,            5000, ENTRY",
    "tile/entries/002.p/88,       20,   ENTRY",
    "tile/0/001,                  40,   TILE",
    "sm3/tile/0/002.p/88,         70,   TILE",
    "tile/1/000.p/2,              33,   TILE",
    "sm3/tile/1/000.p/2,          0,    TILE",
    "keys/log.vkey,               30,   KEY",
    "keys/log-sm3.vkey,           60,   KEY",
    "keys/witness.vkey,           40,   KEY",
  })
  void flippedBit_isFoundAtItsPlace(String file, int at, Rule rule) throws Exception {
    flip(file, at);
    var verdict = bothSay(List.of());
    assertThat(verdict.findings()).extracting(Finding::rule).contains(rule);
    assertThat(verdict.findings()).extracting(Finding::file).contains(file);
  }

  @Test
  void flippedByteInAnEntry_namesTheLeafAndNothingElse() throws Exception {
    flip("tile/entries/000", 1_000);
    var verdict = bothSay(List.of());
    assertThat(verdict.findings()).hasSize(1);
    var finding = verdict.findings().getFirst();
    assertThat(finding.rule()).isEqualTo(Rule.ENTRY);
    assertThat(finding.leafId()).isEqualTo(ExportFixture.idOf((int) finding.index()));
  }

  @Test
  void flippedLengthPrefix_namesTheLeafItBelongsTo() throws Exception {
    flip("tile/entries/001", 0);
    var verdict = bothSay(List.of());
    assertThat(verdict.findings()).extracting(Finding::index).containsExactly(256L);
  }

  @Test
  void everySignature_isChecked() throws Exception {
    for (var file : List.of("checkpoint", "sm3/checkpoint")) {
      var note = Files.readString(export.resolve(file));
      for (var line : note.substring(note.indexOf("\n\n") + 2).lines().toList()) {
        var broken =
            line.substring(0, line.length() - 20) + "AAAAAAAA" + line.substring(line.length() - 12);
        Files.writeString(export.resolve(file), note.replace(line, broken));
        var verdict = bothSay(List.of());
        assertThat(verdict.findings()).extracting(Finding::file).containsExactly(file);
      }
      Files.writeString(export.resolve(file), note);
    }
  }

  @Test
  void randomFlips_areAllFoundByBoth() throws Exception {
    var random = new Random(20_260_102);
    var files = files();
    for (int i = 0; i < 12; i++) {
      var file = files.get(random.nextInt(files.size()));
      var path = export.resolve(file);
      var before = Files.readAllBytes(path);
      flip(file, random.nextInt(before.length));
      assertThat(bothSay(List.of()).ok()).as(file).isFalse();
      Files.write(path, before);
    }
  }

  @Test
  void truncatedLog_isFoundWithAnEarlierCheckpoint() throws Exception {
    var fixture = ExportFixture.once(shared, LEAVES);
    ExportFixture.copyTree(fixture.earlierExport(), work.resolve("short"));
    var since = List.of("--since", export.resolve("checkpoint").toString());
    export = work.resolve("short");
    assertThat(bothSay(List.of()).ok()).isTrue();
    var verdict = bothSay(since);
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.TRUNCATED);
  }

  @Test
  void grownLog_holdsAgainstItsEarlierCheckpoint() throws Exception {
    var earlier = ExportFixture.once(shared, LEAVES).earlierExport().resolve("checkpoint");
    assertThat(bothSay(List.of("--since", earlier.toString())).ok()).isTrue();
  }

  @Test
  void forkedLog_isFoundWithAnEarlierCheckpoint() throws Exception {
    var earlier = ExportFixture.once(shared, LEAVES).forkedCheckpoint();
    var verdict = bothSay(List.of("--since", earlier.toString()));
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.FORK);
  }

  @Test
  void reorderedLeaves_areFoundAtTheirPlaces() throws Exception {
    ExportFixture.swapEntries(export.resolve("tile/entries/000"), 10, 11);
    var verdict = bothSay(List.of());
    assertThat(verdict.findings()).extracting(Finding::index).containsExactly(10L, 11L);
  }

  @Test
  void missingFiles_areFound() throws Exception {
    for (var file : files()) {
      if (file.startsWith("statements/")) {
        continue; // a statement is checked where there is one
      }
      var content = Files.readAllBytes(export.resolve(file));
      Files.delete(export.resolve(file));
      assertThat(bothSay(List.of()).findings()).extracting(Finding::file).contains(file);
      Files.write(export.resolve(file), content);
    }
  }

  @Test
  void statementThatIsOneFenOff_isFound() throws Exception {
    var file = statement();
    var text = Files.readString(export.resolve(file));
    Files.writeString(export.resolve(file), text.replaceFirst("\"fen\":(\\d+)", "\"fen\":1"));
    var verdict = bothSay(List.of());
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.STATEMENT);
  }

  /** Beyond the log nothing could be recomputed; before its end something would be left out. */
  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000_000})
  void statementOfAnotherSizeThanTheLogs_isFound(long size) throws Exception {
    var file = statement();
    var stated = (ObjectNode) Json.mapper().readTree(export.resolve(file).toFile());
    stated.put("size", size).putArray("lines");
    ObjectNode total = stated.putObject("total").put("product", "*");
    for (String sum : List.of("readings", "calls", "freeCalls", "nanoRho", "fen")) {
      total.put(sum, 0);
    }
    Files.writeString(export.resolve(file), stated.toString());
    assertThat(bothSay(List.of()).findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.STATEMENT);
  }

  /** What the two languages read differently: a field twice, numbers of another type, depth. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^.| {\"total\":{\"product\":\"*\",\"readings\":0,\"calls\":0,\"freeCalls\":0,\"nanoRho\":0,\"fen\":1},",
        "\"fen\":(\\d+)| \"fen\":$1.0",
        "\"size\":(\\d+)| \"size\":\"$1\"",
        "\"to\":\"([^\"]*)Z\"| \"to\":\"$1+00:00\"",
        "^.| {\"more\":true,"
      })
  void statementSpeltAnotherWay_isFound(String what, String with) throws Exception {
    var file = statement();
    var text = Files.readString(export.resolve(file));
    var forged = text.replaceFirst(what, with);
    assertThat(forged).isNotEqualTo(text);
    Files.writeString(export.resolve(file), forged);
    assertThat(bothSay(List.of()).findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.STATEMENT);
  }

  @Test
  void statementOfEndlessDepth_isFound() throws Exception {
    Files.writeString(export.resolve(statement()), "[".repeat(200_000));
    assertThat(bothSay(List.of()).findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.STATEMENT);
  }

  @Test
  void statementUnderAnotherContractsName_isFound() throws Exception {
    var file = export.resolve(statement());
    Files.move(file, file.resolveSibling(new java.util.UUID(0, 1) + ".json"));
    assertThat(bothSay(List.of()).findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.STATEMENT);
  }

  /** Not a forgery, but the verdict says what was not billed. */
  @Test
  void contractWithoutAWholeStatement_isNamed() throws Exception {
    var whole = bothSay(List.of());
    assertThat(whole.statements()).isNotEmpty();
    assertThat(whole.unstated()).isEmpty();
    var file = export.resolve(statement());
    var stated = (ObjectNode) Json.mapper().readTree(file.toFile());
    stated.put("to", "1970-01-01T00:00:01Z").putArray("lines");
    var total = (ObjectNode) stated.path("total");
    for (String sum : List.of("readings", "calls", "freeCalls", "nanoRho", "fen")) {
      total.put(sum, 0);
    }
    Files.writeString(file, stated.toString());
    var cut = bothSay(List.of());
    assertThat(cut.ok()).isTrue();
    assertThat(cut.unstated()).containsExactly(stated.path("contractId").asText());
  }

  private String statement() throws IOException {
    return files().stream()
        .filter(name -> name.startsWith("statements/"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void overspentContract_isFoundAtTheLeafThatPassedTheAllotment() throws Exception {
    var verdict =
        bothSayOf(
            Leaves.cap(0, "100"),
            Leaves.concluded(1, "100"),
            spend(2, "60"),
            spend(3, "40"),
            spend(4, "1"),
            spend(5, "1"));
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.BUDGET);
    assertThat(verdict.findings().getFirst().index()).isEqualTo(4);
  }

  @Test
  void secondContract_mayUseWhatTheFirstLeftWhenItEnded_butNoMore() throws Exception {
    var ended = Leaves.leaf(4, EvidenceKind.CONTRACT, Map.of("step", "ended", "cause", "TERM"));
    var before = List.of(Leaves.cap(0, "100"), Leaves.concluded(1, "70"), spend(2, "10"), ended);
    var fits = new ArrayList<>(before);
    fits.add(Leaves.ofContract(5, OTHER, Leaves.concluded(5, "90")));
    var passes = new ArrayList<>(before);
    passes.add(Leaves.ofContract(5, OTHER, Leaves.concluded(5, "91")));
    assertThat(bothSayOf(fits.toArray(Leaf[]::new)).ok()).isTrue();
    var verdict = bothSayOf(passes.toArray(Leaf[]::new));
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.CAP);
    assertThat(verdict.findings().getFirst().index()).isEqualTo(4);
  }

  @Test
  void readingThatIsOneFenOff_isFound() throws Exception {
    var verdict =
        bothSayOf(
            Leaves.cap(0, "100"),
            Leaves.metered(1, 0, "125"),
            Leaves.metered(2, 1, "126"),
            Leaves.concluded(3, "100"),
            Leaves.metered(4, 2, "125"));
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.PRICE);
    assertThat(verdict.findings().getFirst().index()).isEqualTo(2);
  }

  @Test
  void readingThatIsLeftOut_isFoundAtTheNextOne() throws Exception {
    var verdict =
        bothSayOf(
            Leaves.cap(0, "1"),
            Leaves.concluded(1, "1"),
            Leaves.metered(2, 0, "125"),
            Leaves.metered(3, 2, "125"));
    assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(Rule.PRICE);
  }

  @Test
  void contractWithoutItsLeaves_isSaidToBeUnchecked() throws Exception {
    assertThat(bothSayOf(Leaves.metered(0, 0, "125")).uncheckedBudgets())
        .containsExactly(Leaves.CONTRACT.toString());
    assertThat(bothSayOf(spend(0, "1")).uncheckedBudgets()).hasSize(1);
    assertThat(bothSayOf(Leaves.concluded(0, "1")).uncheckedBudgets()).hasSize(1);
  }

  private static Leaf spend(int number, String nanoRho) {
    return Leaves.leaf(number, EvidenceKind.SPEND, Map.of("nanoRho." + Leaves.LINEAGE, nanoRho));
  }

  private Verdict bothSayOf(Leaf... leaves) throws Exception {
    export = ExportFixture.of(Files.createTempDirectory(work, "log"), List.of(leaves));
    return bothSay(List.of());
  }

  /** Both verdicts, which must be one. */
  private Verdict bothSay(List<String> arguments) throws Exception {
    var verdict = LogVerifier.verify(export, trust(arguments));
    var python = PythonVerifier.run(export, arguments);
    assertThat(python).isEqualTo(json(verdict));
    return verdict;
  }

  private static LogVerifier.Trust trust(List<String> arguments) {
    var trust = LogVerifier.Trust.ON_FIRST_USE;
    for (int i = 0; i < arguments.size(); i += 2) {
      var path = Path.of(arguments.get(i + 1));
      trust = arguments.get(i).equals("--keys") ? trust.withKeys(path) : trust.since(path);
    }
    return trust;
  }

  private static JsonNode json(Verdict verdict) throws IOException {
    var json = Json.mapper();
    var tree = json.createObjectNode();
    tree.put("ok", verdict.ok());
    tree.put("size", verdict.size());
    tree.set("findings", json.valueToTree(verdict.findings()));
    tree.set("uncheckedBudgets", json.valueToTree(verdict.uncheckedBudgets()));
    tree.set("statements", json.valueToTree(verdict.statements()));
    tree.set("unstated", json.valueToTree(verdict.unstated()));
    tree.set("keys", json.valueToTree(verdict.keys()));
    tree.put("pinned", verdict.pinned());
    return json.readTree(json.writeValueAsBytes(tree));
  }

  private void flip(String file, int at) throws IOException {
    var path = export.resolve(file);
    var bytes = Files.readAllBytes(path);
    bytes[at] ^= 1;
    Files.write(path, bytes);
  }

  private List<String> files() throws IOException {
    var names = new TreeSet<String>();
    try (var walk = Files.walk(export)) {
      walk.filter(Files::isRegularFile).forEach(f -> names.add(export.relativize(f).toString()));
    }
    return new ArrayList<>(names);
  }
}
