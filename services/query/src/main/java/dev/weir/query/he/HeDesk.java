package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.HeViews.TicketView;
import dev.weir.query.he.lookup.LockedTable;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.query.rollup.RollupSpec;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.sql.Database;
import dev.weir.schemas.avro.HeQuestion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Takes the questions of tickets, hands out replies. It reads ciphertexts only to check their form;
 * no native code runs here. Thread-safe.
 */
public final class HeDesk {
  static final String QUESTIONS_TOPIC = "query.he-questions";

  private final Database database;
  private final ContractBook contracts;
  private final HeTicketStore tickets;
  private final PostgresLockedTables tables;
  private final SwitchingKeyStore keys;
  private final Outbox outbox;
  private final InstantSource clock;
  private final Duration slot;
  private final QuestionPlaces places = new QuestionPlaces();
  private final AskingLimits limits;

  HeDesk(
      Database database,
      ContractBook contracts,
      HeTicketStore tickets,
      PostgresLockedTables tables,
      SwitchingKeyStore keys,
      Outbox outbox,
      InstantSource clock,
      Duration slot,
      AskingLimits limits) {
    this.database = database;
    this.contracts = contracts;
    this.tickets = tickets;
    this.tables = tables;
    this.keys = keys;
    this.outbox = outbox;
    this.clock = clock;
    this.slot = slot;
    this.limits = limits;
  }

  /**
   * Leave to send a question, before a byte of it is read; to be closed when it was taken in.
   *
   * @throws ProblemException when the ticket takes no question, or of type {@link
   *     ProblemType#UNAVAILABLE} while too many large ones come in
   */
  QuestionPlaces.Place place(Caller caller, UUID id) {
    return places.take(caller.party(), open(caller, id).maxQuestionBytes());
  }

  private HeTicket open(Caller caller, UUID id) {
    var ticket = own(caller, id);
    if (ticket.status() != HeTicket.Status.OPEN || !clock.instant().isBefore(ticket.expires())) {
      throw used();
    }
    return ticket;
  }

  /** Takes the question of a ticket, once. */
  TicketView ask(Caller caller, UUID id, byte[] bytes) {
    var ticket = open(caller, id);
    var question = ticket.question(ByteBuffer.wrap(bytes));
    check(caller, ticket, question);
    var switching = passGate(ticket, question);
    var envelope = question.envelope();
    database.asService(
        "he.ask",
        handle -> {
          limits.check(handle, ticket.party(), envelope.keyId(), switching, bytes.length);
          var now = clock.instant();
          if (switching.isPresent()
              && keys.use(handle, ticket.party(), switching.get(), now).isEmpty()) {
            throw noKeys();
          }
          if (!tickets.ask(
              handle, id, envelope.keyId(), envelope.questionSha256(), bytes, switching, now)) {
            throw used();
          }
          outbox.publishAll(handle, QUESTIONS_TOPIC, messages(ticket));
          return true;
        });
    return read(caller, id);
  }

  /** One for each share of the cells, in the partition of that share. */
  private static List<Outbox.Message> messages(HeTicket ticket) {
    String table = ticket.contractId() + "/" + ticket.rollupId();
    return IntStream.range(0, ticket.shares())
        .mapToObj(number -> {
          var share = new TileShare(number, ticket.shares());
          return new Outbox.Message(
              ticket.shares() == 1 ? ticket.id().toString() : KafkaShareKeys.key(table, share),
              new HeQuestion(
                  ticket.id().toString(),
                  ticket.contractId().toString(),
                  ticket.rollupId(),
                  number));
        })
        .toList();
  }

  /**
   * Before a byte is stored; the worker reads it the same way.
   *
   * @return the digest of the switching keys that the question names
   */
  private Optional<String> passGate(HeTicket ticket, EncryptedQuestion question) {
    return switch (ticket.kind()) {
      case SUM -> {
        question.requireLimbs(ticket.parameters());
        yield Optional.empty();
      }
      case ONE_HOT -> {
        var parts =
            OneHotParts.read(ticket.parameters(), question.ciphertexts())
                .orElseThrow(EncryptedQuestion::malformed);
        yield Optional.of(keysFor(ticket, parts.keysSha256(), ticket.layout().leaves()));
      }
      case LOOKUP, KEYWORD, INDEX -> {
        var shape = terms(ticket).orElseThrow(HeDesk::notFound).shape();
        var parts =
            LookupParts.read(shape, question.ciphertexts())
                .orElseThrow(EncryptedQuestion::malformed);
        yield Optional.of(keysFor(ticket, parts.keysSha256(), shape.lookup().leaves()));
      }
    };
  }

  /** The digest, when the party has such keys here and they expand queries to so many leaves. */
  private String keysFor(HeTicket ticket, String sha256, int leaves) {
    byte[] packed =
        database
            .asService("he.keys", handle -> keys.content(handle, ticket.party(), sha256))
            .orElseThrow(HeDesk::noKeys);
    boolean suffice =
        SwitchingKeys.read(ticket.parameters(), packed)
            .filter(read -> SwitchingKeys.suffice(read, ticket.parameters(), leaves))
            .isPresent();
    if (!suffice) {
      throw EncryptedQuestion.malformed();
    }
    return sha256;
  }

  /** What a lookup is agreed on; empty for sums. */
  private Optional<LookupTerms> terms(HeTicket ticket) {
    return ticket.kind().looksUp()
        ? database.asService(
            "he.table",
            handle ->
                tables
                    .find(handle, ticket.contractId(), ticket.rollupId(), ticket.dataVersion())
                    .map(LockedTable::terms))
        : Optional.empty();
  }

  /** Of cells; empty for records. */
  private Optional<RollupSpec> spec(HeTicket ticket) {
    return contracts
        .find(ticket.contractId())
        .flatMap(entry ->
            entry.state().terms().products().stream()
                .filter(product -> product.id().equals(ticket.productId()))
                .findFirst())
        .filter(product -> !ticket.kind().ofRecords())
        .flatMap(RollupSpec::of);
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
    if (!question.signedWith(contracts.keysOf(caller.party()))) {
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

  TicketView read(Caller caller, UUID id) {
    var ticket = own(caller, id);
    return TicketView.of(ticket, spec(ticket), terms(ticket), told(ticket), false);
  }

  /** The reply, from its slot on. */
  byte[] reply(Caller caller, UUID id) {
    var ticket = own(caller, id);
    if (ticket.status() != HeTicket.Status.DONE || !told(ticket)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "There is no reply yet; read the ticket's status.");
    }
    return database
        .asService("he.reply", handle -> tickets.reply(handle, id))
        .orElseThrow(HeDesk::erasedReply);
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

  static ProblemException erasedReply() {
    return new ProblemException(
        ProblemType.ERASED,
        "The reply was erased after its period; its digest in the evidence log still verifies.");
  }

  private static ProblemException noKeys() {
    return new ProblemException(
        ProblemType.WRONG_STATE,
        "The question names switching keys that are not here, or not any more; upload them first.");
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such ticket or contract, or it is not yours to see.");
  }
}
