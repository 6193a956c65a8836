package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.UrlPath;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code weir audit receipt} does: finds a receipt, checks it and tells what came of it. */
final class ReceiptCommand {
  private ReceiptCommand() {}

  /**
   * A receipt at hand.
   *
   * @param proof as the audit service gave it
   * @param note what a saved result says about its release
   */
  record Found(JsonNode proof, Optional<ReceiptNote> note) {}

  /**
   * @param of id of a leaf, or a file
   */
  static Found find(ClientOptions options, String of) throws IOException {
    Path file = Path.of(of);
    if (!Files.isRegularFile(file)) {
      return new Found(fetch(options, of), Optional.empty());
    }
    String text = Files.readString(file);
    Optional<JsonNode> saved = saved(text);
    if (saved.isPresent()) {
      return new Found(saved.get(), Optional.empty());
    }
    var note =
        ReceiptNote.in(text)
            .orElseThrow(() ->
                new CommandFault(ExitCode.USAGE, "文件中没有回执：" + of, "there is no receipt in " + of));
    return new Found(fetch(options, note.receipt()), Optional.of(note));
  }

  static int show(ClientOptions options, Found found, ReceiptCheck check) throws IOException {
    JsonNode leaf = leaf(found.proof());
    List<String> findings = check.findings(found.proof());
    List<String> different = found.note().map(note -> note.differences(leaf)).orElse(List.of());
    boolean ok = findings.isEmpty() && different.isEmpty();
    if (options.whole()) {
      var whole = Json.mapper().createObjectNode().put("ok", ok);
      whole.set("findings", Json.mapper().valueToTree(findings));
      whole.set("differences", Json.mapper().valueToTree(different));
      whole.put("signaturesChecked", check.checksSignatures());
      whole.set("receipt", found.proof());
      options.show(whole);
    } else {
      var shown = Json.mapper().createObjectNode().put("ok", ok);
      shown.put("leaf", leaf.path("id").asText());
      shown.put("index", found.proof().path("index").asLong());
      shown.put("kind", leaf.path("kind").asText());
      shown.put("at", leaf.path("time").asText());
      shown.put("object", leaf.path("object").asText());
      shown.put("contract", leaf.path("contractId").asText());
      shown.set("figures", leaf.path("figures"));
      shown.put("proof", holds(findings, "proof", true));
      shown.put("signature", holds(findings, "signature", check.checksSignatures()));
      shown.put("cosignature", holds(findings, "cosignature", check.checksSignatures()));
      found
          .note()
          .ifPresent(note ->
              shown.put("result", different.isEmpty() ? "agrees" : "differs in " + different));
      options.show(shown);
    }
    return (ok ? ExitCode.OK : ExitCode.FAILED).status();
  }

  private static String holds(List<String> findings, String what, boolean looked) {
    boolean bad = findings.contains(what) || findings.contains("checkpoint");
    return bad ? "BAD" : looked ? "holds" : "unchecked (--keys)";
  }

  private static JsonNode fetch(ClientOptions options, String leaf) {
    return options.client().get("audit", "/v1/receipts/" + UrlPath.segment(leaf));
  }

  private static Optional<JsonNode> saved(String text) {
    try {
      JsonNode tree = Json.mapper().readTree(text);
      return Optional.of(tree).filter(one -> one.hasNonNull("checkpoint"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The leaf as the receipt tells it; an empty one when it cannot be read. */
  private static JsonNode leaf(JsonNode receipt) {
    try {
      return Json.mapper().readTree(receipt.path("leaf").asText());
    } catch (IOException e) {
      return Json.mapper().createObjectNode();
    }
  }
}
