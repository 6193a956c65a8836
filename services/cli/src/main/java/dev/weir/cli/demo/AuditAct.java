package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.audit.export.LogExporter;
import dev.weir.audit.verify.Finding;
import dev.weir.audit.verify.LogVerifier;
import dev.weir.audit.verify.Verdict;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.embedded.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The auditor exports the log, verifies it twice, finds a flipped byte and redoes the bill. */
final class AuditAct implements Act {
  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Bilingual title() {
    return say("审计员离线验证", "The auditor verifies offline");
  }

  @Override
  public void play(Stage stage) throws Exception {
    receipts(stage);
    Path export = stage.directory("audit").resolve("export");
    Trees.delete(export);
    var auditor = stage.as("auditor");
    long leaves =
        stage
            .story()
            .step(
                "export",
                say("导出存证日志", "the evidence log is exported"),
                () ->
                    new LogExporter(path -> auditor.getBytes("audit", path), export)
                        .export(done -> {}));
    verify(stage, export, leaves);
    flip(stage, export);
    statement(stage);
  }

  private static void receipts(Stage stage) {
    var builder = stage.as("builder-analyst");
    boolean all =
        stage.asked().stream()
            .allMatch(asked -> {
              JsonNode receipt = builder.get("audit", "/v1/receipts/" + asked.receiptLeaf());
              return receipt.path("witnessed").asBoolean()
                  && receipt.path("leaf").asText().contains(asked.query());
            });
    stage
        .story()
        .check(
            "receipts",
            say("每个答案都有见证过的回执", "every answer has a receipt that the witness cosigned"),
            all && !stage.asked().isEmpty(),
            Map.of("receipts", stage.asked().size()));
  }

  private static void verify(Stage stage, Path export, long leaves) throws Exception {
    Verdict java = LogVerifier.verify(export);
    stage
        .story()
        .check(
            "verified-java",
            say(
                "离线验证通过：签名、见证、每一片叶子、预算、账单",
                "verified offline: signatures, witness, every leaf, budgets, bills"),
            java.ok() && java.size() == leaves && leaves > 0,
            Map.of("leaves", leaves, "findings", java.findings().size()));
    var python = PythonVerifier.run(stage.state().root(), export);
    stage
        .story()
        .check(
            "verified-python",
            say(
                "与平台无共同代码的 Python 验证器结论相同",
                "the Python verifier, which shares no code with us, agrees"),
            python.ok() && python.findings().isEmpty(),
            Map.of("findings", python.findings().size()));
  }

  private static void flip(Stage stage, Path export) throws Exception {
    Path copy = stage.directory("audit").resolve("tampered");
    Trees.delete(copy);
    copy(export, copy);
    Path bundle = entries(copy);
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bundle, bytes);
    Verdict java = LogVerifier.verify(copy);
    long leaf =
        java.findings().stream()
            .mapToLong(Finding::index)
            .filter(index -> index >= 0)
            .findFirst()
            .orElse(-1);
    var python = PythonVerifier.run(stage.state().root(), copy);
    stage
        .story()
        .check(
            "flipped-byte",
            say(
                "副本中翻转一个字节：两个验证器都指出是哪一片叶子",
                "one byte flipped in a copy: both verifiers name the leaf"),
            !java.ok() && !python.ok() && leaf >= 0 && python.firstLeaf() == leaf,
            Map.of("leaf", leaf, "leafPython", python.firstLeaf()));
  }

  private static void statement(Stage stage) {
    JsonNode statement =
        stage.as("auditor").get("audit", "/v1/meter/statement?contractId=" + stage.contract());
    long expected = stage.asked().stream().mapToLong(Asked::fen).sum();
    long spent = stage.asked().stream().mapToLong(Asked::nanoRho).sum();
    JsonNode total = statement.path("total");
    stage
        .story()
        .check(
            "statement",
            say(
                "由计量叶子重算的账单与逐笔收费相符，分毫不差",
                "the bill recomputed from meter leaves equals the charges, to the fen"),
            total.path("fen").asLong() == expected && total.path("nanoRho").asLong() == spent,
            Map.of("fen", total.path("fen").asLong(), "charged", expected));
  }

  private static Path entries(Path export) throws IOException {
    try (Stream<Path> files = Files.walk(export)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> export.relativize(file).toString().contains("entries"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
