package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.client.UrlPath;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code weir audit receipt} does: finds a receipt, checks it and tells what came of it. */
final class ReceiptCommand {
  private ReceiptCommand() {}

  /**
   * A receipt at hand.
   *
   * @param proof as the audit service gave it
   * @param result that was saved with it
   */
  record Found(JsonNode proof, Optional<SavedResult> result) {}

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
    var result =
        SavedResult.in(text)
            .orElseThrow(() ->
                new CommandFault(ExitCode.USAGE, "文件中没有回执：" + of, "there is no receipt in " + of));
    return new Found(fetch(options, result.note().receipt()), Optional.of(result));
  }

  static int show(ClientOptions options, Found found, ReceiptCheck check) throws IOException {
    JsonNode leaf = leaf(found.proof());
    List<String> findings = check.findings(found.proof());
    var answer = found.result().map(result -> answer(options, result, leaf));
    List<String> different = different(found, leaf, answer);
    boolean ok = findings.isEmpty() && different.isEmpty();
    if (options.whole()) {
      var whole = Json.mapper().createObjectNode().put("ok", ok);
      whole.set("findings", Json.mapper().valueToTree(findings));
      whole.set("differences", Json.mapper().valueToTree(different));
      whole.put("signaturesChecked", check.checksSignatures());
      answer.ifPresent(outcome -> whole.put("answer", outcome.name()));
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
      answer.ifPresent(outcome -> {
        shown.put("answer", told(outcome));
        shown.put("result", different.isEmpty() ? "agrees" : "differs in " + different);
      });
      options.show(shown);
    }
    return (ok ? ExitCode.OK : ExitCode.FAILED).status();
  }

  private static SavedResult.AnswerCheck answer(
      ClientOptions options, SavedResult result, JsonNode leaf) {
    return result.answer(leaf, () -> kept(options, result.note().query()));
  }

  private static List<String> different(
      Found found, JsonNode leaf, Optional<SavedResult.AnswerCheck> answer) {
    var different = new ArrayList<String>();
    found.result().ifPresent(result -> different.addAll(result.note().differences(leaf)));
    answer.filter(SavedResult.AnswerCheck.DIFFERS::equals).ifPresent(no -> different.add("answer"));
    return different;
  }

  private static String told(SavedResult.AnswerCheck outcome) {
    return switch (outcome) {
      case AGREES -> "is the one in the log";
      case DIFFERS -> "is NOT the one in the log";
      case UNCHECKED -> "unchecked (ask as the consumer, or save the result as JSON)";
      case NONE -> "none: a refusal";
    };
  }

  /** The query as the service keeps it, for those who may see it. */
  private static Optional<JsonNode> kept(ClientOptions options, String query) {
    try {
      return Optional.of(options.client().get("query", "/v1/queries/" + UrlPath.segment(query)));
    } catch (ApiProblem problem) {
      if (problem.status() == 403 || problem.status() == 404) {
        return Optional.empty();
      }
      throw problem;
    }
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
