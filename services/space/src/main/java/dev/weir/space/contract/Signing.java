package dev.weir.space.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.state.ParticipantState;
import dev.weir.runtime.ledger.ContractAccount;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import dev.weir.space.domain.OperationDomain;
import dev.weir.space.participant.PostgresParticipantStore;
import dev.weir.space.participant.SignatureCheck;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Takes the parties' signatures, a provider's last. The last one carves the allotments out of their
 * lineages in the same transaction; when a lineage lacks the budget nothing happens, the provider
 * alone is told, and may sign again later. Thread-safe.
 */
public final class Signing {
  private final Plane plane;
  private final PostgresContractStore store;
  private final PostgresRoundStore rounds;
  private final PostgresParticipantStore participants;
  private final PostgresFoundations foundations;
  private final SignatureCheck signatures;
  private final TermsRules rules;
  private final Ledger ledger;
  private final ContractRecorder recorder;

  Signing(
      Plane plane,
      PostgresContractStore store,
      PostgresRoundStore rounds,
      PostgresParticipantStore participants,
      PostgresFoundations foundations,
      SignatureCheck signatures,
      TermsRules rules,
      Ledger ledger,
      ContractRecorder recorder) {
    this.plane = plane;
    this.store = store;
    this.rounds = rounds;
    this.participants = participants;
    this.foundations = foundations;
    this.signatures = signatures;
    this.rules = rules;
    this.ledger = ledger;
    this.recorder = recorder;
  }

  /**
   * @param signature over the terms' RFC 8785 bytes, base64
   */
  public record SignatureBody(String keyId, String signature) {}

  public Contract sign(Request request, ContractId id, SignatureBody body) {
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              var contract = store.lock(handle, id);
              Steps.requireSignable(contract, by, plane.rules().signingWindow());
              byte[] bytes = rounds.bytes(handle, contract);
              var terms = rounds.terms(handle, contract);
              var domain = recheck(handle, terms, by);
              var signature = verified(handle, by, terms, bytes, body);
              store.addSignature(handle, id, signature);
              var signed = Steps.sign(contract, signature);
              return Steps.signedByAll(signed)
                  ? conclude(handle, by, signed, terms, domain)
                  : recorder.changed(
                      handle,
                      by,
                      signed,
                      terms,
                      Operation.CONTRACT_SIGN,
                      "signed",
                      Map.of("keyId", signature.keyId()));
            });
  }

  private OperationDomain recheck(Handle handle, ContractTerms terms, Hand by) {
    var domain = foundations.hold(handle, terms);
    domain.requireOpen(by.at());
    rules.check(terms, domain, by.at());
    return domain;
  }

  private Contract conclude(
      Handle handle, Hand by, Contract signed, ContractTerms terms, OperationDomain domain) {
    ledger.carve(handle, ContractAccount.of(terms, domain.state()));
    var concluded = Steps.conclude(signed, hash(signed, terms.suite()), by.at());
    var figures = new TreeMap<>(ContractRecorder.budgetFigures(terms));
    figures.put("contractHash", concluded.contractHash().orElseThrow());
    return recorder.changed(
        handle, by, concluded, terms, Operation.CONTRACT_SIGN, "concluded", figures);
  }

  private Signature verified(
      Handle handle, Hand by, ContractTerms terms, byte[] bytes, SignatureBody body) {
    var key = key(handle, by, body.keyId(), terms.suite());
    signatures.require(key.suite(), key.publicKey(), bytes, body.signature());
    return new Signature(key.keyId(), key.suite(), key.publicKey(), body.signature(), by);
  }

  private ParticipantState.Key key(Handle handle, Hand by, String keyId, String suite) {
    return participants
        .find(handle, by.party())
        .flatMap(party -> party.key(keyId))
        .filter(key -> key.suite().equals(suite))
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.SIGNATURE_INVALID,
                "The signing party has no such registered key of the contract's suite."));
  }

  /** The filing hash: the suite's digest over the terms' digest and all signatures by party. */
  private static String hash(Contract contract, String suite) {
    List<Map<String, String>> signatures =
        contract.signatures().stream()
            .sorted(Comparator.comparing(Signature::party))
            .map(signature ->
                Map.of(
                    "party", signature.party().value(),
                    "keyId", signature.keyId(),
                    "signature", signature.signature()))
            .toList();
    byte[] filed =
        Documents.canonical(
            Map.of("termsSha256", contract.termsSha256(), "signatures", signatures));
    return HexFormat.of().formatHex(SigningSuite.named(suite).digest(filed));
  }
}
