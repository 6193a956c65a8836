package dev.weir.query.he;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.evaluator.Evaluated;
import dev.weir.query.he.evaluator.EvaluatorFault;
import dev.weir.query.he.lookup.LockedTable;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.ledger.SpendRequest;
import dev.weir.runtime.sql.Database;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates questions and releases their replies: call, meter reading, evidence and reply commit
 * together, or none of them. Confined to the worker's thread.
 */
final class HeAnswering {
  private static final Logger LOG = LoggerFactory.getLogger(HeAnswering.class);

  private final Database database;
  private final ContractBook contracts;
  private final Ledger ledger;
  private final HeTicketStore tickets;
  private final HeEvidence evidence;
  private final InstantSource clock;
  private final CellAnswering cells;
  private final ShareAnswering shares;
  private final LookupAnswering lookups;
  private final Supplier<String> library;

  HeAnswering(
      Database database,
      ContractBook contracts,
      Ledger ledger,
      HeTicketStore tickets,
      HeEvidence evidence,
      InstantSource clock,
      CellAnswering cells,
      ShareAnswering shares,
      LookupAnswering lookups,
      Supplier<String> library) {
    this.database = database;
    this.contracts = contracts;
    this.ledger = ledger;
    this.tickets = tickets;
    this.evidence = evidence;
    this.clock = clock;
    this.cells = cells;
    this.shares = shares;
    this.lookups = lookups;
    this.library = library;
  }

  /**
   * Answers questions that wait. One that another worker had begun and not ended is given up: what
   * ended that worker may have been the question.
   */
  void answer(List<Waiting> questions) {
    var begun = new ArrayList<HeTicket>();
    for (var waiting : questions) {
      database
          .asService("he.load", handle -> tickets.find(handle, waiting.ticket()))
          .ifPresent(ticket -> {
            switch (ticket.status()) {
              case OPEN, DONE, FAILED -> {}
              case RUNNING -> {
                if (ticket.shares() == 1) {
                  fail(ticket, "worker-ended");
                } else {
                  share(ticket, waiting.share());
                }
              }
              case ASKED -> {
                if (ticket.shares() == 1) {
                  begun.add(ticket);
                } else {
                  share(ticket, waiting.share());
                }
              }
            }
          });
    }
    begun.stream()
        .collect(Collectors.groupingBy(Table::of, LinkedHashMap::new, Collectors.toList()))
        .forEach((table, asked) -> {
          if (table.kind().looksUp()) {
            lookups(asked);
          } else {
            overCells(asked);
          }
        });
  }

  /**
   * A question that waits for a worker.
   *
   * @param share of its cells, when workers hold shares of them
   */
  record Waiting(UUID ticket, int share) {}

  private void share(HeTicket ticket, int number) {
    var share = new TileShare(number, ticket.shares());
    switch (shares.begin(ticket, share)) {
      case TOO_LATE -> {}
      case BEFORE -> fail(ticket, "worker-ended");
      case EVALUATED ->
          guarded(
              List.of(ticket),
              () -> shares.completed(ticket).ifPresent(whole -> release(ticket, whole)));
      case NOW ->
          guarded(
              List.of(ticket),
              () -> {
                var asked = CellAnswering.Asked.of(ticket, question(ticket));
                shares.evaluate(asked, share).ifPresent(whole -> release(ticket, whole));
              });
    }
  }

  /** What questions that share a pass have in common. */
  private record Table(QuestionKind kind, ContractId contract, String id, long dataVersion) {
    static Table of(HeTicket ticket) {
      return new Table(ticket.kind(), ticket.contractId(), ticket.rollupId(), ticket.dataVersion());
    }
  }

  private boolean begin(HeTicket ticket) {
    return database.asService("he.begin", handle -> tickets.begin(handle, ticket.id()));
  }

  private void overCells(List<HeTicket> asked) {
    guarded(
        asked,
        () -> {
          var questions =
              asked.stream()
                  .map(ticket -> CellAnswering.Asked.of(ticket, question(ticket)))
                  .toList();
          CellAnswering.passes(questions)
              .forEach(pass -> pass(pass, CellAnswering.Asked::ticket, cells::evaluate));
        });
  }

  private void lookups(List<HeTicket> asked) {
    guarded(
        asked,
        () -> {
          var table = lookups.table(asked.getFirst());
          var questions = asked.stream().map(ticket -> question(ticket, table)).toList();
          LookupAnswering.passes(table, questions)
              .forEach(pass ->
                  pass(
                      pass,
                      LookupAnswering.Asked::ticket,
                      begun -> lookups.evaluate(table, begun)));
        });
  }

  private LookupAnswering.Asked question(HeTicket ticket, LockedTable table) {
    var parts = question(ticket).ciphertexts();
    return new LookupAnswering.Asked(
        ticket,
        LookupParts.read(table.terms().shape(), parts).orElseThrow(EncryptedQuestion::malformed));
  }

  /** Begun only now, so that a worker that ends fails no question but those of its pass. */
  private <T> void pass(
      List<T> waiting, Function<T, HeTicket> ticketOf, Function<List<T>, List<Evaluated>> work) {
    var begun = waiting.stream().filter(one -> begin(ticketOf.apply(one))).toList();
    if (begun.isEmpty()) {
      return;
    }
    guarded(
        begun.stream().map(ticketOf).toList(),
        () -> {
          var evaluated = work.apply(begun);
          for (int i = 0; i < begun.size(); i++) {
            var ticket = ticketOf.apply(begun.get(i));
            var own = evaluated.get(i);
            guarded(List.of(ticket), () -> release(ticket, own));
          }
        });
  }

  /** What breaks off fails its own questions, and no other. */
  private void guarded(List<HeTicket> questions, Runnable work) {
    try {
      work.run();
    } catch (EvaluatorFault fault) {
      questions.forEach(ticket -> fail(ticket, fault.reason().problem()));
    } catch (RuntimeException e) {
      LOG.warn("questions failed count={} cause={}", questions.size(), e.getClass().getName());
      questions.forEach(ticket -> fail(ticket, "evaluation"));
    }
  }

  private EncryptedQuestion question(HeTicket ticket) {
    var body =
        database
            .asService("he.question", handle -> tickets.question(handle, ticket.id()))
            .orElseThrow();
    return ticket.question(ByteBuffer.wrap(body));
  }

  private void release(HeTicket ticket, Evaluated evaluated) {
    database.asService("he.release", handle -> commit(handle, ticket, evaluated));
  }

  private boolean commit(Handle handle, HeTicket ticket, Evaluated evaluated) {
    Instant now = clock.instant();
    var entry =
        contracts
            .find(ticket.contractId())
            .filter(held -> held.holds(now, List.of(ticket.productId())));
    if (entry.isEmpty()) {
      return fail(handle, ticket, "contract-not-in-force");
    }
    var product = product(entry.get(), ticket);
    return charge(handle, ticket, product, evaluated, now);
  }

  private static ProductTerms product(ContractBook.Entry entry, HeTicket ticket) {
    return entry.state().terms().products().stream()
        .filter(offered -> offered.id().equals(ticket.productId()))
        .findFirst()
        .orElseThrow();
  }

  private boolean charge(
      Handle handle, HeTicket ticket, ProductTerms product, Evaluated evaluated, Instant now) {
    String question = tickets.questionSha256(handle, ticket.id());
    byte[] reply = evaluated.replyBytes();
    var told =
        new TreeMap<>(
            Map.of(
                "questionSha256", question,
                "resultSha256", evaluated.resultSha256(),
                "replySha256", Json.sha256Hex(reply),
                "replyBytes", Integer.toString(reply.length),
                "decisionLeaf", ticket.decisionLeaf().toString(),
                "library", library.get()));
    if (ticket.kind().looksUp()) {
      told.put("evaluations", "1");
      told.put("publicKey", lookups.table(ticket).terms().publicKey());
    }
    var request =
        new SpendRequest(
            new QueryId(ticket.id()),
            ticket.contractId(),
            ticket.party(),
            ticket.subject(),
            Json.sha256Hex(
                (ticket.id() + question).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            SpendRequest.sorted(Map.of(product.lineageId(), ticket.dataVersion())),
            List.of(),
            ticket.limits(),
            new String(Json.canonical(told), java.nio.charset.StandardCharsets.UTF_8),
            List.of(),
            ticket.bundle(),
            List.of(ticket.productId()));
    return switch (ledger.spend(handle, request)) {
      case Spend.Spent spent -> {
        var leaf =
            evidence.append(
                handle,
                EvidenceKind.RELEASE,
                ticket,
                LeafId.random(),
                "allow",
                ticket.rule(),
                now,
                told);
        if (!tickets.done(
            handle, ticket.id(), reply, evaluated.resultSha256(), leaf, spent.chargedFen(), now)) {
          throw new IllegalStateException("the question ended while it was being released");
        }
        yield true;
      }
      case Spend.Replayed replayed ->
          throw new IllegalStateException("a ticket was charged before it was released");
      case Spend.Exhausted exhausted -> fail(handle, ticket, "allotment");
      case Spend.QuotaExhausted quota -> fail(handle, ticket, quota.rule());
      case Spend.Closed closed -> fail(handle, ticket, "contract-not-in-force");
      case Spend.ProductStopped productStopped -> fail(handle, ticket, "product-stopped");
    };
  }

  /** Ends a question without an answer, a charge or a retry. */
  private void fail(HeTicket ticket, String problem) {
    database.asService("he.fail", handle -> fail(handle, ticket, problem));
  }

  private boolean fail(Handle handle, HeTicket ticket, String problem) {
    Instant now = clock.instant();
    var leaf = LeafId.random();
    if (tickets.fail(handle, ticket.id(), problem, leaf, now)) {
      evidence.append(handle, EvidenceKind.DECISION, ticket, leaf, "deny", problem, now, Map.of());
    }
    return false;
  }
}
