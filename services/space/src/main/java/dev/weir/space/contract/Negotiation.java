package dev.weir.space.contract;

import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import dev.weir.space.change.Change;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Hand;
import dev.weir.space.change.HistoryEntry;
import dev.weir.space.change.Plane;
import dev.weir.space.change.PostgresCodes;
import dev.weir.space.change.Request;
import dev.weir.space.participant.PostgresParticipantStore;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Proposes contracts, takes rounds and agreement, and shows them. Thread-safe. */
public final class Negotiation {
  private static final int PLATFORM_NODE = 9;
  private static final int MAX_ROUNDS = 100;

  private final Plane plane;
  private final PostgresContractStore store;
  private final PostgresRoundStore rounds;
  private final PostgresParticipantStore participants;
  private final PostgresCodes codes;
  private final TermsAssembler assembler;
  private final TermsRules rules;
  private final ContractRecorder recorder;

  Negotiation(
      Plane plane,
      PostgresContractStore store,
      PostgresRoundStore rounds,
      PostgresParticipantStore participants,
      PostgresCodes codes,
      TermsAssembler assembler,
      TermsRules rules,
      ContractRecorder recorder) {
    this.plane = plane;
    this.store = store;
    this.rounds = rounds;
    this.participants = participants;
    this.codes = codes;
    this.assembler = assembler;
    this.rules = rules;
    this.recorder = recorder;
  }

  /**
   * @param answers the round it answers, which must be the newest
   * @param note why the party wants it so, at most 4000 characters
   */
  public record Counter(int answers, String note, ContractDraft draft) {}

  /** The proposing party is the consumer; round 1. */
  public Contract propose(Request request, ContractDraft draft) {
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              requireConsumer(handle, by);
              var domain = assembler.openDomain(handle, draft, by);
              var id = ContractId.random();
              var code = assignCode(handle, domain.operator(), id, by);
              var terms = assembler.assemble(handle, draft, by.party(), id, code, 1);
              byte[] bytes = rules.check(terms, domain, by.at());
              var contract = Contract.propose(terms, Json.sha256Hex(bytes), domain.operator(), by);
              recorder.created(handle, by, contract, terms);
              rounds.add(handle, terms, bytes, "", by);
              return contract;
            });
  }

  public Contract counter(Request request, ContractId id, Counter counter) {
    if (counter.note().length() > 4000) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A note has at most 4000 characters.");
    }
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              var contract = store.lock(handle, id);
              contract.requireParty(by);
              contract.requireNegotiating();
              return counter(handle, by, contract, counter);
            });
  }

  private Contract counter(Handle handle, Hand by, Contract contract, Counter counter) {
    requireRoom(contract);
    if (rounds.author(handle, contract).equals(by.party())) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The newest round is the party's own; another party answers it.");
    }
    var draft = counter.draft();
    if (!draft.domainId().equals(contract.domainId())) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A round keeps the operation domain of the contract.");
    }
    var domain = assembler.openDomain(handle, draft, by);
    var terms =
        assembler.assemble(
            handle,
            draft,
            consumer(contract),
            contract.id(),
            contract.code(),
            contract.round() + 1);
    byte[] bytes = rules.check(terms, domain, by.at());
    var next = Steps.counter(contract, counter.answers(), terms, Json.sha256Hex(bytes), by);
    recorder.changed(handle, by, next, terms, Operation.CONTRACT_NEGOTIATE, "countered", Map.of());
    rounds.add(handle, terms, bytes, counter.note(), by);
    return next;
  }

  /**
   * @param round the newest round, as the party read it
   */
  public Contract accept(Request request, ContractId id, int round) {
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              var next = Steps.accept(store.lock(handle, id), round, by);
              return recorder.changed(
                  handle,
                  by,
                  next,
                  rounds.terms(handle, next),
                  Operation.CONTRACT_NEGOTIATE,
                  next.agreedAt().isPresent() ? "agreed" : "accepted",
                  Map.of());
            });
  }

  /** A party walks away before all have signed. */
  public Contract withdraw(Request request, ContractId id, String reason) {
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              var next = Steps.withdraw(store.lock(handle, id), reason, by);
              return recorder.changed(
                  handle,
                  by,
                  next,
                  rounds.terms(handle, next),
                  Operation.CONTRACT_NEGOTIATE,
                  "withdrawn",
                  Map.of());
            });
  }

  public Contract get(Caller caller, ContractId id) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.contract",
            handle -> store.find(handle, id).orElseThrow(Plane::notFound));
  }

  /** The exact bytes that the parties sign: those of the newest round, or of an earlier one. */
  public byte[] terms(Caller caller, ContractId id, Optional<Integer> round) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.contract-terms",
            handle -> {
              var contract = store.find(handle, id).orElseThrow(Plane::notFound);
              return round.isPresent()
                  ? rounds.bytes(handle, id, round.get())
                  : rounds.bytes(handle, contract);
            });
  }

  public Page<Round> rounds(Caller caller, ContractId id, PageRequest page) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.contract-rounds",
            handle -> {
              Plane.requireVisible(store.find(handle, id));
              return rounds.list(handle, id, page);
            });
  }

  public Page<HistoryEntry> history(Caller caller, ContractId id, PageRequest page) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.contract-history",
            handle -> {
              Plane.requireVisible(store.find(handle, id));
              return plane.history().list(handle, Change.Thing.CONTRACT, id.toString(), page);
            });
  }

  public Page<Contract> list(Caller caller, PageRequest page) {
    return Cursor.page(
        plane
            .database()
            .inTransaction(caller, "space.contracts", handle -> store.list(handle, page)),
        page);
  }

  private void requireConsumer(Handle handle, Hand by) {
    boolean consumer =
        participants
            .find(handle, by.party())
            .filter(party -> party.roles().contains(Role.CONSUMER))
            .isPresent();
    if (!consumer) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "A contract is proposed by a party registered as consumer.");
    }
  }

  private ContractCode assignCode(Handle handle, CreditCode operator, ContractId id, Hand by) {
    return codes.assign(
        handle,
        "contract",
        id.value(),
        by.at(),
        () ->
            ContractCode.assign(
                PLATFORM_NODE, operator, PostgresCodes.areaOf(operator), by.at(), plane.random()));
  }

  private static void requireRoom(Contract contract) {
    if (contract.round() >= MAX_ROUNDS) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "A negotiation has at most 100 rounds; propose a new contract.");
    }
  }

  private static CreditCode consumer(Contract contract) {
    return contract.parties().stream()
        .filter(party -> party.type() == PartyType.USER)
        .map(Party::creditCode)
        .findFirst()
        .orElseThrow();
  }
}
