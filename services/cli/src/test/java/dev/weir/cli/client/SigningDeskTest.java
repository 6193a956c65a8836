package dev.weir.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Term;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that lies: nothing but what the person asked for is ever signed. */
class SigningDeskTest {
  private static final CreditCode DEPARTMENT = new CreditCode("119900009000000141");
  private static final CreditCode BUILDER = new CreditCode("91990000900000030E");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final ContractTerms honest = terms(ContractId.random(), BUILDER);
  @TempDir private Path directory;
  private LyingServer server;
  private SigningDesk desk;
  private PartyKey key;

  @BeforeEach
  void start() throws IOException {
    server = new LyingServer(BUILDER.value());
    desk = new SigningDesk(server.client(directory));
    key = PartyKey.generate(SigningSuite.GM, directory.resolve("k.pem"), Secret.of("pass"), random);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void terms_whenTheyAreTheContractsOwn_areSignedAsTheyStand() throws IOException {
    // given
    answerTerms(Json.canonical(honest));
    // when
    var document = desk.terms(honest.id().toString());
    desk.sign(document.require(Json.sha256Hex(Json.canonical(honest))), key);
    // then
    var sent = Json.mapper().readTree(server.received().getFirst());
    byte[] signature = Base64.getDecoder().decode(sent.path("signature").asText());
    byte[] publicKey = Base64.getDecoder().decode(key.publicKey());
    assertThat(SigningSuite.GM.verify(publicKey, Json.canonical(honest), signature)).isTrue();
  }

  @Test
  void terms_ofAnotherContract_areNotSigned() {
    // given
    answerTerms(Json.canonical(terms(ContractId.random(), BUILDER)));
    // then
    assertRefused(() -> desk.terms(honest.id().toString()), "another contract");
  }

  @Test
  void terms_withAMemberNobodyKnows_areNotSigned() {
    // given
    ObjectNode more = Json.mapper().valueToTree(honest);
    answerTerms(Json.canonical(more.put("alsoTransfers", "everything")));
    // then
    assertRefused(() -> desk.terms(honest.id().toString()), "another kind of document");
  }

  @Test
  void terms_inAnotherFormThanRfc8785_areNotSigned() throws IOException {
    // given
    answerTerms(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(honest));
    // then
    assertRefused(() -> desk.terms(honest.id().toString()), "not in its one form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "[]", "null", "{\"purpose\":\"weir key registration\"}"})
  void terms_whenTheyAreNoTerms_areNotSigned(String sent) {
    // given
    answerTerms(sent.getBytes(StandardCharsets.UTF_8));
    // then
    assertRefused(() -> desk.terms(honest.id().toString()), "nothing was signed");
  }

  /** The order of a set in memory differs from JVM to JVM; the bytes keep their author's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLAINTEXT_AFTER_GROUP_BY PLAINTEXT_AFTER_COMPARE PLAINTEXT_AFTER_JOIN",
        "PLAINTEXT_AFTER_JOIN PLAINTEXT_AFTER_COMPARE PLAINTEXT_AFTER_GROUP_BY"
      })
  void terms_whoseSetsComeInAnotherOrder_areSignedAsTheyStand(String order) throws IOException {
    // given
    ObjectNode tree = Json.mapper().valueToTree(honest);
    ObjectNode product = Json.mapper().valueToTree(product());
    var reordered = (ArrayNode) product.at("/columns/0/grants/0/constraints");
    reordered.removeAll();
    Arrays.stream(order.split(" ")).forEach(reordered::add);
    tree.putArray("products").add(product);
    byte[] bytes = Json.canonical(tree);
    answerTerms(bytes);
    // when
    desk.sign(desk.terms(honest.id().toString()).require(Json.sha256Hex(bytes)), key);
    // then
    var sent = Json.mapper().readTree(server.received().getFirst());
    byte[] signature = Base64.getDecoder().decode(sent.path("signature").asText());
    byte[] publicKey = Base64.getDecoder().decode(key.publicKey());
    assertThat(SigningSuite.GM.verify(publicKey, bytes, signature)).isTrue();
  }

  @Test
  void terms_changedSinceTheyWereRead_areNotSigned() {
    // given
    answerTerms(Json.canonical(honest));
    String read = desk.terms(honest.id().toString()).sha256();
    // when
    answerTerms(Json.canonical(changed()));
    // then
    var document = desk.terms(honest.id().toString());
    assertRefused(() -> document.require(read), "something else");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void terms_amongOtherParties_areNotSigned() {
    // given
    var others = terms(honest.id(), new CreditCode("91990000900000022K"));
    answerTerms(Json.canonical(others));
    // when
    var document = desk.terms(honest.id().toString());
    // then
    assertRefused(() -> desk.sign(document, key), "not among its signers");
  }

  @Test
  void terms_ofTheOtherSuite_areNotSigned() throws IOException {
    // given
    answerTerms(Json.canonical(honest));
    var other =
        PartyKey.generate(SigningSuite.INTL, directory.resolve("i.pem"), Secret.of("p"), random);
    // when
    var document = desk.terms(honest.id().toString());
    // then
    assertRefused(() -> desk.sign(document, other), "suite gm");
  }

  @Test
  void agreement_whenTheServerSendsTermsInstead_isNotSigned() {
    // given
    var domain = DomainId.random();
    server.answer("/v1/domains/" + domain + "/agreement", Json.canonical(honest));
    // then
    assertRefused(() -> desk.agreement(domain.toString()), "another kind of document");
  }

  @Test
  void key_isRegisteredWithAProofOfExactlyThat() {
    // given
    challenge(statement());
    // when
    desk.register(BUILDER.value(), key);
    // then
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "purpose, weir contract, another purpose",
    "creditCode, 119900009000000141, another party",
    "suite, intl, another key",
    "keyId, 00000000000000000000000000000000, another key",
    "nonce, 00, a malformed nonce"
  })
  void key_whenTheStatementSaysSomethingElse_isNotRegistered(
      String member, String value, String why) {
    // given
    var statement = statement();
    statement.put(member, value);
    challenge(statement);
    // then
    assertRefused(() -> desk.register(BUILDER.value(), key), why);
  }

  @Test
  void key_whenTheChallengeIsTheTermsOfAContract_isNotRegistered() {
    // given
    challengeBytes(Json.canonical(honest));
    // then
    assertRefused(() -> desk.register(BUILDER.value(), key), "another kind of document");
  }

  private void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(CommandFault.class).hasMessageContaining(why);
    assertThat(server.received()).isEmpty();
  }

  private void answerTerms(byte[] bytes) {
    server.answer("/v1/contracts/" + honest.id() + "/terms", bytes);
  }

  private TreeMap<String, String> statement() {
    return new TreeMap<>(
        Map.of(
            "purpose", "weir key registration",
            "creditCode", BUILDER.value(),
            "suite", "gm",
            "keyId", key.keyId(),
            "nonce", "ab".repeat(32)));
  }

  private void challenge(Map<String, String> statement) {
    challengeBytes(Json.canonical(statement));
  }

  private void challengeBytes(byte[] toSign) {
    var answer = Map.of("id", "1", "toSign", Base64.getEncoder().encodeToString(toSign));
    server.answer(
        "/v1/participants/" + BUILDER.value() + "/key-challenges", Json.canonical(answer));
  }

  private ContractTerms changed() {
    ObjectNode tree = Json.mapper().valueToTree(honest);
    tree.put("minGroup", 1);
    return Json.mapper().convertValue(tree, ContractTerms.class);
  }

  private ContractTerms terms(ContractId id, CreditCode consumer) {
    return new ContractTerms(
        id,
        ContractCode.assign(9, consumer, "3301", NOW, random),
        "a contract",
        "",
        "02",
        "gm",
        2,
        new Term(NOW, NOW.plusSeconds(86_400)),
        DomainId.random(),
        "planning",
        List.of(new Party(PartyType.PROVIDER, DEPARTMENT), new Party(PartyType.USER, consumer)),
        List.of(),
        List.of(),
        List.of(),
        new Price(100, 1_000, 1, 1_000),
        20);
  }

  private static ProductTerms product() {
    var grant =
        new ProductColumn.Grant(Optional.empty(), Set.of(ColumnConstraint.PLAINTEXT_AFTER_JOIN));
    var column =
        new Column(
            "district",
            ColumnType.STRING,
            0,
            true,
            ColumnRole.ORDINARY,
            LegalClass.GENERAL,
            1,
            "where");
    return new ProductTerms(
        ProductId.random(),
        ResourceId.random(),
        LineageId.random(),
        DomainId.random(),
        DEPARTMENT,
        ProductKind.EXACT,
        "trips",
        Bilingual.same("trips"),
        Bilingual.same("trips"),
        List.of(
            new ProductColumn(column, List.of(grant), Optional.empty(), Optional.empty(), false)),
        Optional.empty(),
        50,
        new Price(0, 0, 0, 0),
        false);
  }
}
