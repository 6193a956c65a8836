package dev.weir.query.he;

import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.Subject;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.HeViews.TicketRequest;
import dev.weir.query.he.HeViews.TicketView;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.rollup.ContractUses;
import dev.weir.query.rollup.EpochDecision.Asking;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives tickets: the decision whether somebody may ask, with its evidence, allowed or not. No
 * native code runs here. Thread-safe.
 */
public final class HeTicketing {
  /** How long a ticket may be used. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private static final int MAX_PURPOSE_CHARACTERS = 128;

  private final Database database;
  private final ContractBook contracts;
  private final ContractUses uses;
  private final CellSubjects cells;
  private final RecordSubjects records;
  private final HeTicketStore tickets;
  private final HeEvidence evidence;
  private final InstantSource clock;
  private final String region;
  private final long tileShareBytes;

  HeTicketing(
      Database database,
      ContractBook contracts,
      ContractUses uses,
      CellSubjects cells,
      RecordSubjects records,
      HeTicketStore tickets,
      HeEvidence evidence,
      InstantSource clock,
      String region,
      long tileShareBytes) {
    this.database = database;
    this.contracts = contracts;
    this.uses = uses;
    this.cells = cells;
    this.records = records;
    this.tickets = tickets;
    this.evidence = evidence;
    this.clock = clock;
    this.region = region;
    this.tileShareBytes = tileShareBytes;
  }

  /** Decides whether the caller may ask. A refusal leaves its evidence, too. */
  TicketView ticket(Caller caller, String remoteAddress, TicketRequest request) {
    if (request.purpose().length() > MAX_PURPOSE_CHARACTERS) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "The purpose is too long; name its code.");
    }
    var entry =
        contracts.findFor(caller.party(), request.contractId()).orElseThrow(HeTicketing::notFound);
    var product =
        entry.state().terms().products().stream()
            .filter(offered -> offered.id().equals(request.productId()))
            .findFirst()
            .orElseThrow(HeTicketing::notFound);
    var counts = database.asService("he.uses", handle -> uses.of(handle, entry));
    var asking = asking(caller, remoteAddress, request);
    var kind = request.kind().orElse(QuestionKind.SUM);
    var subject =
        switch (kind) {
          case SUM, ONE_HOT, LOOKUP -> cells.of(entry, product, counts, asking, kind);
          case KEYWORD -> records.of(entry, product, counts, asking, By.KEYWORD);
          case INDEX -> records.of(entry, product, counts, asking, By.INDEX);
        };
    var ticket = ticket(caller, entry.state().id(), kind, product, subject);
    database.asService(
        "he.ticket",
        handle -> {
          boolean allowed = subject.ruling() instanceof Ruling.Allowed;
          evidence.append(
              handle,
              EvidenceKind.DECISION,
              ticket,
              ticket.decisionLeaf(),
              subject.ruling().result(),
              ticket.rule(),
              ticket.createdAt(),
              Map.of());
          if (allowed) {
            tickets.add(handle, ticket, request.purpose());
          } else {
            tickets.refuse(handle, ticket, request.purpose(), subject.ruling().result());
          }
          return allowed;
        });
    return switch (subject.ruling()) {
      case Ruling.Allowed allowed -> {
        boolean keyed = request.knownKeys().filter(ticket.rollupId()::equals).isEmpty();
        yield TicketView.of(ticket, subject.spec(), subject.terms(), true, keyed);
      }
      case Ruling.Denied denied ->
          throw new ProblemException(
              ProblemType.POLICY_REFUSED,
              "The contract's policy does not allow this question.",
              Map.of("rule", denied.rule(), "receipt", ticket.decisionLeaf().toString()));
    };
  }

  private Asking asking(Caller caller, String remoteAddress, TicketRequest request) {
    return new Asking(
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
      Caller caller,
      ContractId contract,
      QuestionKind kind,
      ProductTerms product,
      TicketSubject subject) {
    Instant now = clock.instant();
    return new HeTicket(
        UUID.randomUUID(),
        kind,
        contract,
        product.id(),
        product.provider(),
        caller.party(),
        caller.subject(),
        subject.id(),
        subject.dataVersion(),
        kind.looksUp() ? LookupTerms.parameters() : HeParameters.CELLS_4096,
        subject.entries(),
        subject.width(),
        subject.bits(),
        kind.looksUp() ? 1 : shares(subject),
        subject.root(),
        LeafId.random(),
        subject.ruling().rule(),
        subject.bundle(),
        subject.ruling().limits(),
        now,
        now.plus(LIFE).truncatedTo(ChronoUnit.MILLIS),
        HeTicket.Status.OPEN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private int shares(TicketSubject subject) {
    var layout =
        new CellLayout(HeParameters.CELLS_4096, subject.entries(), subject.width(), subject.bits());
    return TileShare.count(layout, tileShareBytes);
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such ticket or contract, or it is not yours to see.");
  }
}
