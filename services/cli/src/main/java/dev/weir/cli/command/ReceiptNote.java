package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a result says about its own release. A line of text holds each member as {@code # name:
 * value}; such lines stand below a table or CSV.
 *
 * @param receipt leaf of the release
 * @param nanoRho charged, ρ in 10⁻⁹
 * @param fen charged, 1/100 yuan
 */
record ReceiptNote(String receipt, String query, String contract, long nanoRho, long fen) {
  private static final String MARK = "# ";

  static ReceiptNote of(JsonNode query) {
    return new ReceiptNote(
        query.path("receiptLeaf").asText(),
        query.path("id").asText(),
        query.path("contractId").asText(),
        query.path("charged").path("nanoRho").asLong(),
        query.path("charged").path("fen").asLong());
  }

  List<String> lines() {
    return List.of(
        MARK + "receipt: " + receipt,
        MARK + "query: " + query,
        MARK + "contract: " + contract,
        MARK + "nano-rho: " + nanoRho,
        MARK + "fen: " + fen);
  }

  /** The note in a saved result, be it JSON, a table or CSV; empty when there is none. */
  static Optional<ReceiptNote> in(String result) {
    if (result.stripLeading().startsWith("{")) {
      return ofJson(result);
    }
    var members = new TreeMap<String, String>();
    for (String line : result.lines().filter(one -> one.startsWith(MARK)).toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        members.put(line.substring(MARK.length(), colon), line.substring(colon + 2).strip());
      }
    }
    return ofMembers(members);
  }

  private static Optional<ReceiptNote> ofMembers(TreeMap<String, String> members) {
    if (!members.keySet().containsAll(List.of("receipt", "query", "contract", "nano-rho", "fen"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReceiptNote(
              members.getOrDefault("receipt", ""),
              members.getOrDefault("query", ""),
              members.getOrDefault("contract", ""),
              Long.parseLong(members.getOrDefault("nano-rho", "")),
              Long.parseLong(members.getOrDefault("fen", ""))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<ReceiptNote> ofJson(String result) {
    try {
      JsonNode query = Json.mapper().readTree(result);
      return query.hasNonNull("receiptLeaf") ? Optional.of(of(query)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What a leaf says otherwise than this note; empty when they agree. A refusal charges nothing.
   */
  List<String> differences(JsonNode leaf) {
    var different = new ArrayList<String>();
    note(different, "receipt", receipt, leaf.path("id").asText());
    note(different, "query", query, leaf.path("object").asText());
    note(different, "contract", contract, leaf.path("contractId").asText());
    note(different, "nano-rho", "" + nanoRho, leaf.path("figures").path("nanoRho").asText("0"));
    note(different, "fen", "" + fen, leaf.path("figures").path("fen").asText("0"));
    return different;
  }

  private static void note(List<String> into, String name, String here, String there) {
    if (!here.equals(there)) {
      into.add(name);
    }
  }
}
