package dev.weir.query.he;

import dev.weir.he.HeParameters;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.Subject;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.HeViews.Kind;
import dev.weir.query.he.HeViews.TicketRequest;
import dev.weir.query.he.HeViews.TicketView;
import dev.weir.query.he.lookup.CellRecords;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.rollup.ContractUses;
import dev.weir.query.rollup.Epoch;
import dev.weir.query.rollup.EpochDecision;
import dev.weir.query.rollup.EpochDecision.Decided;
import dev.weir.query.rollup.EpochStore;
import dev.weir.query.rollup.RollupSpec;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.ledger.CallLimit;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.runtime.sql.Database;
import dev.weir.schemas.avro.HeQuestion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives tickets, takes questions, hands out replies. It reads ciphertexts only to check their form;
 * no native code runs here. Thread-safe.
 */
public final class HeDesk {
  static final String QUESTIONS_TOPIC = "query.he-questions";

  /** The smallest set: arbitrary selections over noised or cleared cells. */
  private static final HeParameters PARAMETERS = HeParameters.CELLS_4096;

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MAX_QUESTIONS_PER_KEY = 1_000;

  private final Database database;
  private final ContractBook contracts;
  private final EpochStore epochs;
  private final EpochDecision decision;
  private final ContractUses uses;
  private final HeTicketStore tickets;
  private final PostgresLookupKeys lookupKeys;
  private final HeEvidence evidence;
  private final Outbox outbox;
  private final InstantSource clock;
  private final String region;
  private final Duration slot;

  HeDesk(
      Database database,
      ContractBook contracts,
      EpochStore epochs,
      EpochDecision decision,
      ContractUses uses,
      HeTicketStore tickets,
      PostgresLookupKeys lookupKeys,
      HeEvidence evidence,
      Outbox outbox,
      InstantSource clock,
      String region,
      Duration slot) {
    this.database = database;
    this.contracts = contracts;
    this.epochs = epochs;
    this.decision = decision;
    this.uses = uses;
    this.tickets = tickets;
    this.lookupKeys = lookupKeys;
    this.evidence = evidence;
    this.outbox = outbox;
    this.clock = clock;
    this.region = region;
    this.slot = slot;
  }

  /**
   * Decides whether the caller may ask about the newest released cells of a product. A refusal
   * leaves its evidence, too.
   */
  TicketView ticket(Caller caller, String remoteAddress, TicketRequest request) {
    var entry =
        contracts.findFor(caller.party(), request.contractId()).orElseThrow(HeDesk::notFound);
    var product =
        entry.state().terms().products().stream()
            .filter(offered -> offered.id().equals(request.productId()))
            .findFirst()
            .orElseThrow(HeDesk::notFound);
    var spec = RollupSpec.of(product).orElseThrow(HeDesk::noCells);
    var epoch =
        database
            .asService("he.epoch", handle -> epochs.newest(handle, request.contractId(), spec.id()))
            .orElseThrow(HeDesk::noCells);
    var counts = database.asService("he.uses", handle -> uses.of(handle, entry));
    var decided =
        decision.decide(entry, product, spec, counts, asking(caller, remoteAddress, request));
    boolean lookup = request.kind().filter(kind -> kind == Kind.LOOKUP).isPresent();
    if (lookup
        && (epoch.cells() > CellRecords.MAX_CELLS || epoch.width() > CellRecords.MAX_WIDTH)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The product has more cells than can be looked up one by one; ask for sums.",
          Map.of("maxCells", CellRecords.MAX_CELLS));
    }
    var ticket =
        ticket(caller, product, epoch, decided, lookup ? LookupTerms.parameters() : PARAMETERS);
    database.asService(
        "he.ticket",
        handle -> {
          boolean allowed = decided instanceof Decided.Allowed;
          evidence.append(
              handle,
              EvidenceKind.DECISION,
              ticket,
              ticket.decisionLeaf(),
              result(decided),
              ticket.rule(),
              ticket.createdAt(),
              Map.of());
          if (allowed) {
            tickets.add(handle, ticket);
          }
          return allowed;
        });
    return switch (decided) {
      case Decided.Allowed allowed -> TicketView.of(ticket, spec, terms(ticket, spec), true);
      case Decided.Denied denied ->
          throw new ProblemException(
              ProblemType.POLICY_REFUSED,
              "The contract's policy does not allow this question.",
              Map.of("rule", denied.rule(), "receipt", ticket.decisionLeaf().toString()));
    };
  }

  private EpochDecision.Asking asking(Caller caller, String remoteAddress, TicketRequest request) {
    return new EpochDecision.Asking(
        new Subject(caller.party(), caller.roles(), caller.subject()),
        new Channel(
            Optional.of(remoteAddress),
            Optional.of(region).filter(text -> !text.isEmpty()),
            Optional.of("06"),
            Optional.of("02"),
            Optional.of("03"),
            Optional.of(caller.clientId()),
            Set.of()),
        request.purpose(),
        false);
  }

  private HeTicket ticket(
      Caller caller, ProductTerms product, Epoch epoch, Decided decided, HeParameters parameters) {
    Instant now = clock.instant();
    return new HeTicket(
        UUID.randomUUID(),
        epoch.contractId(),
        product.id(),
        product.provider(),
        caller.party(),
        caller.subject(),
        epoch.rollupId(),
        epoch.dataVersion(),
        parameters,
        epoch.cells(),
        epoch.width(),
        epoch.cellBits(),
        epoch.root(),
        LeafId.random(),
        rule(decided),
        decision.bundleVersion(),
        limits(decided),
        now,
        now.plus(LIFE).truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
        HeTicket.Status.OPEN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String rule(Decided decided) {
    return switch (decided) {
      case Decided.Allowed allowed -> allowed.permit().ruleId();
      case Decided.Denied denied -> denied.rule();
    };
  }

  private static String result(Decided decided) {
    return switch (decided) {
      case Decided.Allowed allowed -> "allow";
      case Decided.Denied denied -> denied.result();
    };
  }

  private static List<CallLimit> limits(Decided decided) {
    return switch (decided) {
      case Decided.Allowed allowed -> allowed.limits();
      case Decided.Denied denied -> List.of();
    };
  }

  /** How many bytes a question to this ticket may have. */
  int maxQuestionBytes(Caller caller, UUID id) {
    return own(caller, id).maxQuestionBytes();
  }

  /** Takes the question of a ticket, once. */
  TicketView ask(Caller caller, UUID id, ByteBuffer body) {
    var ticket = own(caller, id);
    if (ticket.status() != HeTicket.Status.OPEN) {
      throw used();
    }
    var question = ticket.question(body.duplicate());
    check(caller, ticket, question);
    passGate(ticket, question);
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    var envelope = question.envelope();
    database.asService(
        "he.ask",
        handle -> {
          if (tickets.asked(handle, ticket.party(), envelope.keyId()) >= MAX_QUESTIONS_PER_KEY) {
            throw new ProblemException(
                ProblemType.QUOTA_EXHAUSTED,
                "The encryption key has asked as many questions as one key may; make a new one.",
                Map.of("maxQuestionsPerKey", MAX_QUESTIONS_PER_KEY));
          }
          if (!tickets.ask(
              handle, id, envelope.keyId(), envelope.questionSha256(), bytes, clock.instant())) {
            throw used();
          }
          outbox.publish(
              handle,
              QUESTIONS_TOPIC,
              id.toString(),
              new HeQuestion(id.toString(), ticket.contractId().toString(), ticket.rollupId()));
          return true;
        });
    return read(caller, id);
  }

  /** Before a byte is stored; the worker reads it the same way. */
  private void passGate(HeTicket ticket, EncryptedQuestion question) {
    if (!ticket.lookup()) {
      question.limbs(ticket.parameters());
      return;
    }
    var terms = terms(ticket, spec(ticket)).orElseThrow();
    if (LookupParts.read(terms.shape(), question.ciphertexts()).isEmpty()) {
      throw EncryptedQuestion.malformed();
    }
  }

  /** What a lookup is agreed on; empty for sums. */
  private Optional<LookupTerms> terms(HeTicket ticket, RollupSpec spec) {
    if (!ticket.lookup()) {
      return Optional.empty();
    }
    return database.asService(
        "he.lookup",
        handle -> {
          var epoch =
              epochs
                  .find(handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion())
                  .orElseThrow();
          return Optional.of(CellRecords.terms(epoch, spec, lookupKeys.of(handle, epoch)));
        });
  }

  private RollupSpec spec(HeTicket ticket) {
    return contracts
        .find(ticket.contractId())
        .flatMap(entry ->
            entry.state().terms().products().stream()
                .filter(product -> product.id().equals(ticket.productId()))
                .findFirst())
        .flatMap(RollupSpec::of)
        .orElseThrow(HeDesk::notFound);
  }

  /** Everything that the signature binds must be the ticket's. */
  private void check(Caller caller, HeTicket ticket, EncryptedQuestion question) {
    var envelope = question.envelope();
    Instant now = clock.instant();
    boolean bound =
        envelope.v() == Envelope.VERSION
            && envelope.ticketId().equals(ticket.id())
            && envelope.contractId().equals(ticket.contractId().value())
            && envelope.decisionLeaf().equals(ticket.decisionLeaf().value())
            && envelope.parameterSet().equals(ticket.parameters().label())
            && envelope.rollupId().equals(ticket.rollupId())
            && envelope.dataVersion() == ticket.dataVersion()
            && envelope.keyId().matches("[0-9a-f]{64}")
            && envelope.questionSha256().equals(EncryptedQuestion.sha256(question.ciphertexts()))
            && !envelope.expires().isAfter(ticket.expires());
    if (!bound) {
      throw EncryptedQuestion.malformed();
    }
    if (!now.isBefore(envelope.expires())) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "The ticket has expired; ask for another one.");
    }
    if (!signed(caller, question)) {
      throw new ProblemException(
          ProblemType.SIGNATURE_INVALID, "The envelope's signature does not verify.");
    }
    boolean inForce =
        contracts
            .find(ticket.contractId())
            .filter(entry -> entry.holds(now, List.of(ticket.productId())))
            .isPresent();
    if (!inForce) {
      throw new ProblemException(
          ProblemType.CONTRACT_ENDED, "The contract has ended, or the product was stopped.");
    }
  }

  private boolean signed(Caller caller, EncryptedQuestion question) {
    byte[] signature = new byte[question.signature().remaining()];
    question.signature().duplicate().get(signature);
    return contracts.keysOf(caller.party()).stream()
        .filter(key ->
            key.keyId().equals(question.signingKeyId()) && key.suite().equals(question.suite()))
        .anyMatch(key ->
            SigningSuite.named(key.suite())
                .verify(
                    Base64.getDecoder().decode(key.publicKey()),
                    question.envelope().bytes(),
                    signature));
  }

  TicketView read(Caller caller, UUID id) {
    var ticket = own(caller, id);
    var spec = spec(ticket);
    return TicketView.of(ticket, spec, terms(ticket, spec), told(ticket));
  }

  /** The reply, from its slot on. */
  byte[] reply(Caller caller, UUID id) {
    var ticket = own(caller, id);
    if (ticket.status() != HeTicket.Status.DONE || !told(ticket)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "There is no reply yet; read the ticket's status.");
    }
    return database.asService("he.reply", handle -> tickets.reply(handle, id));
  }

  private boolean told(HeTicket ticket) {
    return switch (ticket.status()) {
      case OPEN, RUNNING -> true;
      case ASKED -> false;
      case DONE, FAILED ->
          ticket.mayTell(
              clock.instant(),
              database
                  .asService("he.ended", handle -> tickets.endedAt(handle, ticket.id()))
                  .orElseThrow(),
              slot);
    };
  }

  private HeTicket own(Caller caller, UUID id) {
    return database
        .inTransaction(caller, "he.find", handle -> tickets.find(handle, id))
        .orElseThrow(HeDesk::notFound);
  }

  private static ProblemException used() {
    return new ProblemException(
        ProblemType.CONFLICT, "The ticket was used, or has expired; a question is taken once.");
  }

  private static ProblemException noCells() {
    return new ProblemException(
        ProblemType.WRONG_STATE,
        "The product has no released cells under this contract, or not yet.");
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such ticket or contract, or it is not yours to see.");
  }
}
