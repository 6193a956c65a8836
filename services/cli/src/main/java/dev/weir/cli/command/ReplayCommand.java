package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.client.WeirClient;
import dev.weir.query.he.replay.Kept;
import dev.weir.query.he.replay.Logged;
import dev.weir.query.he.replay.Replay;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.List;

/**
 * An encrypted query's evaluation as an auditor holds it: what the query service kept, and the
 * receipt of the log's leaf. Not changed once fetched.
 */
public final class ReplayCommand {
  private static final String PATH = "/v1/he/evaluations/";

  private final Kept kept;
  private final JsonNode receipt;
  private final byte[] question;
  private final byte[] cells;
  private final byte[] keys;
  private final byte[] reply;

  private ReplayCommand(
      Kept kept, JsonNode receipt, byte[] question, byte[] cells, byte[] keys, byte[] reply) {
    this.kept = kept;
    this.receipt = receipt;
    this.question = question;
    this.cells = cells;
    this.keys = keys;
    this.reply = reply;
  }

  public static ReplayCommand fetch(WeirClient client, String ticket) throws IOException {
    String path = PATH + UrlPath.segment(ticket);
    Kept kept = Json.mapper().treeToValue(client.get("query", path), Kept.class);
    return new ReplayCommand(
        kept,
        client.get("audit", "/v1/receipts/" + kept.releaseLeaf()),
        client.getBytes("query", path + "/question"),
        client.getBytes("query", path + "/cells"),
        client.getBytes("query", path + "/keys"),
        client.getBytes("query", path + "/reply"));
  }

  /** The same material with one byte changed, to see whether that is found. */
  public ReplayCommand tampered(boolean inReply) {
    byte[] otherCells = cells.clone();
    byte[] otherReply = reply.clone();
    byte[] changed = inReply ? otherReply : otherCells;
    changed[Long.BYTES - 1] ^= 1; // the lowest bit of the first value
    return new ReplayCommand(kept, receipt, question, otherCells, keys, otherReply);
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
    var leaf = Json.mapper().readTree(receipt.path("leaf").asText());
    try {
      return new Replay(kept, Logged.of(leaf)).run(question, cells, keys, reply);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(
          ExitCode.FAILED,
          "所存材料已不成形，无法重演：" + e.getMessage(),
          "what was kept is not of its form: " + e.getMessage());
    }
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
            .put("signaturesChecked", check.checksSignatures());
    shown.set("differs", Json.mapper().valueToTree(outcome.findings()));
    shown.set("receipt", Json.mapper().valueToTree(proof));
    options.show(shown);
    return (ok ? ExitCode.OK : ExitCode.FAILED).status();
  }
}
