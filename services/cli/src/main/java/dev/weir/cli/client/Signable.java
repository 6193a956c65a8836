package dev.weir.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.runtime.json.Json;
import dev.weir.space.domain.Agreement;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Bytes that a service asks a party to sign, once their meaning was checked on this side. A service
 * could send anything, and a signature is good for whatever it stands under: so the bytes must be
 * the one RFC 8785 form of exactly the kind of document that was asked for, with no member that we
 * do not know, about the very thing that the person named. Immutable.
 */
public final class Signable {
  private static final String AGREEMENT = "authorised-operation-agreement";
  private static final String KEY_REGISTRATION = "weir key registration";
  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");

  private final byte[] bytes;
  private final JsonNode content;
  private final String collection;
  private final String id;
  private final String suite;
  private final Set<String> signers;

  private Signable(byte[] bytes, String collection, String id, String suite, Set<String> signers) {
    this.bytes = bytes;
    this.content = tree(bytes);
    this.collection = collection;
    this.id = id;
    this.suite = suite;
    this.signers = signers;
  }

  /**
   * The terms of a contract.
   *
   * @throws CommandFault when the bytes are anything else
   */
  static Signable terms(byte[] bytes, String contract) {
    var terms = document(bytes, ContractTerms.class);
    demand(terms.id().toString().equalsIgnoreCase(contract), "另一份合约", "another contract");
    var signers = new TreeSet<String>();
    terms.parties().forEach(party -> signers.add(party.creditCode().value()));
    return new Signable(bytes, "/v1/contracts/", contract, terms.suite(), signers);
  }

  /**
   * The agreement of an operation domain.
   *
   * @throws CommandFault when the bytes are anything else
   */
  static Signable agreement(byte[] bytes, String domain) {
    var agreement = document(bytes, Agreement.class);
    demand(agreement.kind().equals(AGREEMENT), "另一类文书", "another kind of document");
    demand(agreement.id().toString().equalsIgnoreCase(domain), "另一个运营域", "another domain");
    var signers =
        Set.of(agreement.operator().value(), agreement.proposal().implementingBody().value());
    return new Signable(bytes, "/v1/domains/", domain, agreement.proposal().suite(), signers);
  }

  /** What proves possession of a key; see the members for what such a proof is bound to. */
  private record KeyRegistration(
      String purpose, String creditCode, String suite, String keyId, String nonce) {}

  /**
   * The statement that registers a key.
   *
   * @throws CommandFault when the bytes are anything else
   */
  static Signable keyRegistration(byte[] bytes, String creditCode, PartyKey key) {
    var statement = document(bytes, KeyRegistration.class);
    demand(statement.purpose().equals(KEY_REGISTRATION), "另一种用途", "another purpose");
    demand(statement.creditCode().equals(creditCode), "另一主体", "another party");
    demand(
        statement.suite().equals(key.suite()) && statement.keyId().equals(key.keyId()),
        "另一把密钥",
        "another key");
    demand(NONCE.matcher(statement.nonce()).matches(), "随机数不合格", "a malformed nonce");
    return new Signable(bytes, "", "", key.suite(), Set.of(creditCode));
  }

  /** What the bytes say. */
  public JsonNode content() {
    return content.deepCopy();
  }

  /** SHA-256 of the bytes, in lower-case hexadecimal digits. */
  public String sha256() {
    return Json.sha256Hex(bytes);
  }

  /**
   * Holds the document to what the person read before.
   *
   * @param expected SHA-256 in hexadecimal digits; empty when nothing was named
   * @throws CommandFault when this is another document
   */
  public Signable require(String expected) {
    if (!expected.isEmpty() && !expected.equalsIgnoreCase(sha256())) {
      throw new CommandFault(
          ExitCode.FAILED,
          "未签署：服务给出的内容与所读的不同，其 SHA-256 为 " + sha256(),
          "nothing was signed: the service now sends something else, its SHA-256 is " + sha256());
    }
    return this;
  }

  /** Where its signatures go. */
  String signatures() {
    return collection + UrlPath.segment(id) + "/signatures";
  }

  /**
   * The signature, base64.
   *
   * @throws CommandFault when the party does not sign this, or the key is of the other suite
   */
  String sign(String party, PartyKey key) {
    if (!signers.contains(party)) {
      throw new CommandFault(
          ExitCode.DENIED,
          "未签署：账户所属的 " + party + " 不是签署方",
          "nothing was signed: " + party + ", the account's party, is not among its signers");
    }
    if (!suite.equals(key.suite())) {
      throw new CommandFault(
          ExitCode.USAGE,
          "未签署：文书要求套件 " + suite + "，密钥属于 " + key.suite(),
          "nothing was signed: the document asks for suite "
              + suite
              + ", the key is of "
              + key.suite());
    }
    return key.sign(bytes);
  }

  private static <T> T document(byte[] bytes, Class<T> kind) {
    try {
      T document = Json.read(bytes, kind);
      // The tree, not the record: the order of a set's members is the author's.
      boolean oneForm = Arrays.equals(Json.canonical(Json.mapper().readTree(bytes)), bytes);
      demand(oneForm, "不是规范形式", "not in its one form");
      return document;
    } catch (IOException | IllegalArgumentException e) {
      throw lie("另一类文书", "another kind of document");
    }
  }

  private static JsonNode tree(byte[] bytes) {
    try {
      return Json.mapper().readTree(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static void demand(boolean holds, String zh, String en) {
    if (!holds) {
      throw lie(zh, en);
    }
  }

  private static CommandFault lie(String zh, String en) {
    return new CommandFault(
        ExitCode.FAILED,
        "未签署：服务给出的待签内容是" + zh,
        "nothing was signed: what the service sent to be signed is " + en);
  }
}
