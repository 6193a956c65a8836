package dev.weir.query.he.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.he.Envelope;

/**
 * What the evidence says of it, lower-case hexadecimal digests.
 *
 * @param ticket the evaluation that the leaf is about
 * @param tileRoot of the cells, or of the locked table
 * @param asked what the envelope of its question has to bind
 * @param publicKey of a lookup's evaluation, base64; empty of a sum
 */
public record Logged(
    String ticket,
    Asked asked,
    String questionSha256,
    String tileRoot,
    String resultSha256,
    String replySha256,
    String publicKey) {

  /**
   * Who asked under what about which entries, as the log's texts.
   *
   * @param party credit code of the asker
   */
  public record Asked(
      String party,
      String contract,
      String decisionLeaf,
      String parameterSet,
      String rollup,
      String dataVersion) {

    boolean isOf(Envelope envelope) {
      return contract.equals(envelope.contractId().toString())
          && decisionLeaf.equals(envelope.decisionLeaf().toString())
          && parameterSet.equals(envelope.parameterSet())
          && rollup.equals(envelope.rollupId())
          && dataVersion.equals(Long.toString(envelope.dataVersion()));
    }
  }

  /** The figures of a release's leaf; what it lacks is empty and agrees with nothing. */
  public static Logged of(JsonNode leaf) {
    var figures = leaf.path("figures");
    return new Logged(
        leaf.path("object").asText(),
        new Asked(
            leaf.path("party").asText(),
            leaf.path("contractId").asText(),
            figures.path("decisionLeaf").asText(),
            figures.path("parameterSet").asText(),
            figures.path("rollup").asText(),
            figures.path("dataVersion").asText()),
        figures.path("questionSha256").asText(),
        figures.path("tileRoot").asText(),
        figures.path("resultSha256").asText(),
        figures.path("replySha256").asText(),
        figures.path("publicKey").asText());
  }
}
