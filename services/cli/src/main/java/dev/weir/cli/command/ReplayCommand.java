package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.client.WeirClient;
import dev.weir.he.HeLibrary;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.replay.Kept;
import dev.weir.query.he.replay.Logged;
import dev.weir.query.he.replay.Replay;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An encrypted query's evaluation as an auditor holds it: what the query service kept, and the
 * receipt of the log's leaf. Not changed once fetched.
 */
public final class ReplayCommand {
  private static final String PATH = "/v1/he/evaluations/";

  private final Kept kept;
  private final JsonNode receipt;
  private final Logged logged;
  private final List<ParticipantState.Key> askers;
  private final byte[] question;
  private final byte[] cells;
  private final byte[] keys;
  private final byte[] reply;

  private ReplayCommand(
      Kept kept,
      JsonNode receipt,
      Logged logged,
      List<ParticipantState.Key> askers,
      byte[] question,
      byte[] cells,
      byte[] keys,
      byte[] reply) {
    this.kept = kept;
    this.receipt = receipt;
    this.logged = logged;
    this.askers = List.copyOf(askers);
    this.question = question;
    this.cells = cells;
    this.keys = keys;
    this.reply = reply;
  }

  public static ReplayCommand fetch(WeirClient client, String ticket) throws IOException {
    String path = PATH + UrlPath.segment(ticket);
    Kept kept = Json.mapper().treeToValue(client.get("query", path), Kept.class);
    var receipt = client.get("audit", "/v1/receipts/" + kept.releaseLeaf());
    var logged = Logged.of(Json.mapper().readTree(receipt.path("leaf").asText()));
    return new ReplayCommand(
        kept,
        receipt,
        logged,
        askers(client, logged.asked().party()),
        client.getBytes("query", path + "/question"),
        client.getBytes("query", path + "/cells"),
        client.getBytes("query", path + "/keys"),
        client.getBytes("query", path + "/reply"));
  }

  /** From the directory of participants, not from the service that evaluated. */
  private static List<ParticipantState.Key> askers(WeirClient client, String party)
      throws IOException {
    var participant = client.get("space", "/v1/participants/" + UrlPath.segment(party));
    var keys = new ArrayList<ParticipantState.Key>();
    for (var key : participant.path("keys")) {
      keys.add(
          new ParticipantState.Key(
              key.path("keyId").asText(),
              key.path("suite").asText(),
              key.path("publicKey").asText()));
    }
    return keys;
  }

  /** The same material with one byte changed, to see whether that is found. */
  public ReplayCommand tampered(boolean inReply) {
    byte[] otherCells = cells.clone();
    byte[] otherReply = reply.clone();
    byte[] changed = inReply ? otherReply : otherCells;
    changed[Long.BYTES - 1] ^= 1; // the lowest bit of the first value
    return new ReplayCommand(kept, receipt, logged, askers, question, otherCells, keys, otherReply);
  }

  /** The question as it was sent. */
  public byte[] question() {
    return question.clone();
  }

  /**
   * Does the evaluation over.
   *
   * @throws CommandFault when what was kept is not even of its form
   */
  public Replay.Outcome run() throws IOException {
    try {
      return new Replay(kept, logged, askers).run(question, cells, keys, reply);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(
          ExitCode.FAILED,
          "所存材料已不成形，无法重演：" + e.getMessage(),
          "what was kept is not of its form: " + e.getMessage());
    }
  }

  /** As the log names it. */
  private String library() throws IOException {
    return Json.mapper()
        .readTree(receipt.path("leaf").asText())
        .path("figures")
        .path("library")
        .asText();
  }

  int show(ClientOptions options, ReceiptCheck check) throws IOException {
    var outcome = run();
    List<String> proof = check.findings(receipt);
    boolean ok = outcome.agrees() && proof.isEmpty();
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("ok", ok)
            .put("ticket", kept.id().toString())
            .put("dataVersion", kept.dataVersion())
            .put("cells", kept.cells())
            .put("leaf", kept.releaseLeaf().toString())
            .put("resultSha256", outcome.resultSha256())
            .put("evaluatedWith", library())
            .put("doneOverWith", HeLibrary.loaded().description())
            .put("signaturesChecked", check.checksSignatures());
    shown.set("differs", Json.mapper().valueToTree(outcome.findings()));
    var meanings = shown.putArray("meanings");
    outcome.findings().forEach(finding -> meanings.add(finding.meaning().in(options.language())));
    shown.set("receipt", Json.mapper().valueToTree(proof));
    options.show(shown);
    return (ok ? ExitCode.OK : ExitCode.FAILED).status();
  }
}
