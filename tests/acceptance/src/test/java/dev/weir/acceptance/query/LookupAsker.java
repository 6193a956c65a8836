package dev.weir.acceptance.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.query.KeywordQuestion;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.Envelope;
import dev.weir.query.he.client.CellLookup;
import dev.weir.query.he.client.Conversation;
import dev.weir.query.he.client.QuestionService;
import dev.weir.query.he.client.QuestionSigner;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.testkit.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A builder's account that looks entries up, honestly or not. Thread-safe. */
final class LookupAsker implements QuestionService, QuestionSigner {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final EmbeddedServices services;
  private final ContractTerms contract;
  private final ProductTerms product;
  private final KeyPair signing;
  private final String keyId;
  private final Map<UUID, byte[]> asked = new ConcurrentHashMap<>();
  private final List<Integer> replySizes = new CopyOnWriteArrayList<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private final AtomicReference<UUID> last = new AtomicReference<>(new UUID(0, 0));

  LookupAsker(
      EmbeddedServices services,
      ContractTerms contract,
      ProductTerms product,
      KeyPair signing,
      String keyId) {
    this.services = services;
    this.contract = contract;
    this.product = product;
    this.signing = signing;
    this.keyId = keyId;
  }

  Ticket open(CellLookup lookup) {
    return lookup.ticket(contract.id().toString(), product.id().toString(), ControlPlane.PURPOSE);
  }

  /** Leave to ask about a few cells by one ciphertext. */
  Ticket few(Conversation conversation) {
    return conversation.ticketForFew(
        contract.id().toString(), product.id().toString(), ControlPlane.PURPOSE);
  }

  /** The answer to a question that the service does not take. */
  Answer refused(Ticket ticket, List<ByteBuffer> parts) {
    return send(ticket.id(), question(ticket, parts));
  }

  /** The ticket whose question was sent last. */
  UUID lastAsked() {
    return last.get();
  }

  String contract() {
    return contract.id().toString();
  }

  String product() {
    return product.id().toString();
  }

  /** The question of a ticket, sent again. */
  Answer repeated(Ticket ticket) {
    return send(ticket.id(), asked.get(ticket.id()));
  }

  List<Integer> replySizes() {
    return replySizes;
  }

  /** What one reads of a cell after having another one evaluated. */
  Optional<byte[]> stolen(Ticket ticket, int evaluated, int wanted) {
    var terms = ticket.lookup().orElseThrow();
    var cells = ticket.keys().getFirst().values();
    String keyword = LookupTerms.keyword(List.of(cells.get(wanted)));
    byte[] paid = terms.lock().name(LookupTerms.keyword(List.of(cells.get(evaluated))));
    var client = OprfClient.blind(terms.key(), List.of(paid), RANDOM);
    try (var context = HeContext.open(LookupTerms.parameters(), RANDOM);
        var secret = context.generateSecretKey()) {
      var lookup = new KeywordQuestion(context, (KeywordShape) terms.shape(), terms.lock());
      var parts =
          LookupParts.write(
              queries(context, lookup.ask(secret, keyword)),
              upload(keys(lookup, secret)),
              client.blinded().getFirst());
      ask(ticket.id(), question(ticket, parts));
      Records.await(() -> read(ticket.id()), view -> view.path("status").asText().equals("DONE"));
      var reply = ByteBuffer.wrap(reply(ticket.id()));
      byte[] value = client.finish(terms.evaluation(reply)).getFirst();
      return lookup.open(secret, keyword, value, terms.found(reply));
    }
  }

  private static Words queries(HeContext context, List<Words> asked) {
    var queries = Words.allocate((long) asked.size() * context.seededWords());
    for (int i = 0; i < asked.size(); i++) {
      queries.put(i * context.seededWords(), asked.get(i));
    }
    return queries;
  }

  private static WireGaloisKeys keys(KeywordQuestion lookup, SecretKey secret) {
    var elements = lookup.lookup().keyElements();
    return new WireGaloisKeys(elements, secret.galoisKeys(elements));
  }

  private String upload(WireGaloisKeys keys) {
    return uploadKeys(SwitchingKeys.write(LookupTerms.parameters(), keys)).path("sha256").asText();
  }

  private byte[] question(Ticket ticket, List<ByteBuffer> parts) {
    var envelope =
        new Envelope(
            Envelope.VERSION,
            ticket.id(),
            ticket.contractId().value(),
            ticket.decisionLeaf().value(),
            ticket.parameterSet(),
            ticket.rollupId(),
            ticket.dataVersion(),
            "cd".repeat(32),
            EncryptedQuestion.sha256(parts),
            ticket.expires());
    var signature = ByteBuffer.wrap(sign(envelope.bytes()));
    return new EncryptedQuestion(envelope, suite(), keyId, signature, parts).bytes();
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose) {
    return ticket(contractId, productId, purpose, "SUM");
  }

  @Override
  public JsonNode ticket(String contractId, String productId, String purpose, String kind) {
    var answer = refusedOrTicket(kind);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  @Override
  public JsonNode ticketWithoutKeys(
      String contractId, String productId, String purpose, String rollupId) {
    var answer =
        services
            .query()
            .as(Asking.ANALYST)
            .post(
                "/v1/he/tickets",
                Map.of(
                    "contractId", contractId,
                    "productId", productId,
                    "purpose", purpose,
                    "knownKeys", rollupId));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().path("keys").size()).as("they were told before").isZero();
    return answer.json();
  }

  /** Asks again while the table is being locked, or the service has not heard of the contract. */
  Answer refusedOrTicket(String kind) {
    return Records.await(
        () ->
            services
                .query()
                .as(Asking.ANALYST)
                .post(
                    "/v1/he/tickets",
                    Map.of(
                        "contractId",
                        contract.id().toString(),
                        "productId",
                        product.id().toString(),
                        "purpose",
                        ControlPlane.PURPOSE,
                        "kind",
                        kind)),
        answer -> answer.status() != 503 && answer.status() != 404);
  }

  @Override
  public boolean holdsKeys(String sha256) {
    return services.query().as(Asking.ANALYST).get("/v1/he/keys/" + sha256).status() == 200;
  }

  @Override
  public JsonNode uploadKeys(byte[] packed) {
    uploads.incrementAndGet();
    var answer = upload(packed);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  Answer upload(byte[] packed) {
    var analyst = services.query().as(Asking.ANALYST);
    return analyst.send(
        analyst
            .request("/v1/he/keys")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(packed)));
  }

  /** How often switching keys were sent. */
  int uploads() {
    return uploads.get();
  }

  /** Bytes of the question of a ticket. */
  int questionBytes(Ticket ticket) {
    return Optional.ofNullable(asked.get(ticket.id())).orElseThrow().length;
  }

  @Override
  public JsonNode ask(UUID ticket, byte[] question) {
    asked.put(ticket, question);
    last.set(ticket);
    var answer = send(ticket, question);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json();
  }

  private Answer send(UUID ticket, byte[] question) {
    var analyst = services.query().as(Asking.ANALYST);
    return analyst.send(
        analyst
            .request("/v1/he/tickets/" + ticket + "/question")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(question)));
  }

  @Override
  public JsonNode read(UUID ticket) {
    return services.query().as(Asking.ANALYST).get("/v1/he/tickets/" + ticket).json();
  }

  @Override
  public byte[] reply(UUID ticket) {
    var request =
        services
            .query()
            .as(Asking.ANALYST)
            .request("/v1/he/tickets/" + ticket + "/reply")
            .GET()
            .build();
    try (var client = HttpClient.newHttpClient()) {
      byte[] reply = client.send(request, BodyHandlers.ofByteArray()).body();
      replySizes.add(reply.length);
      return reply;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String suite() {
    return "intl";
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public byte[] sign(byte[] message) {
    return SigningSuite.INTL.sign(signing.getPrivate(), message, RANDOM);
  }
}
