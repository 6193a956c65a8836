package dev.weir.query.he.replay;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the evidence says of it, lower-case hexadecimal digests.
 *
 * @param ticket the evaluation that the leaf is about
 * @param tileRoot of the cells, or of the locked table
 * @param publicKey of a lookup's evaluation, base64; empty of a sum
 */
public record Logged(
    String ticket,
    String questionSha256,
    String tileRoot,
    String resultSha256,
    String replySha256,
    String publicKey) {

  /** The figures of a release's leaf; what it lacks is empty and agrees with nothing. */
  public static Logged of(JsonNode leaf) {
    var figures = leaf.path("figures");
    return new Logged(
        leaf.path("object").asText(),
        figures.path("questionSha256").asText(),
        figures.path("tileRoot").asText(),
        figures.path("resultSha256").asText(),
        figures.path("replySha256").asText(),
        figures.path("publicKey").asText());
  }
}
