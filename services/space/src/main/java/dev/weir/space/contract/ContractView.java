package dev.weir.space.contract;

import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.Party;
import dev.weir.policy.state.ContractState.Ending;
import dev.weir.policy.state.ContractState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A contract as its parties see it; accounts are left out. The terms are at {@code
 * /v1/contracts/{id}/terms}.
 *
 * @param statusCode 01, 02, 0301, 0302, 05 or 06 (TC609-6-2025-14)
 * @param accepted parties that agree to the newest round
 * @param contractHash the filing hash of 64 hex digits, once all have signed
 * @param endConfirmed parties that want to end it by agreement
 */
public record ContractView(
    ContractId id,
    ContractCode code,
    long version,
    Status status,
    String statusCode,
    String name,
    List<Party> parties,
    CreditCode operator,
    DomainId domainId,
    Term term,
    int round,
    String termsSha256,
    SortedSet<CreditCode> accepted,
    Optional<Instant> agreedAt,
    List<Signed> signatures,
    Optional<String> contractHash,
    SortedSet<CreditCode> endConfirmed,
    Optional<Ending> ended,
    Optional<String> endReason,
    List<ProductId> stoppedProducts,
    List<Stopped> stops) {

  /** One party's signature over the terms' bytes, with the key it verified with. */
  public record Signed(
      CreditCode party,
      String keyId,
      String suite,
      String publicKey,
      String signature,
      Instant at) {}

  /** One abnormal stop. */
  public record Stopped(
      Stop.Reason reason,
      Optional<ProductId> productId,
      Optional<String> note,
      CreditCode party,
      Instant at) {}

  static ContractView of(Contract contract) {
    return new ContractView(
        contract.id(),
        contract.code(),
        contract.version(),
        contract.status(),
        contract.status().code(),
        contract.name(),
        contract.parties(),
        contract.operator(),
        contract.domainId(),
        contract.term(),
        contract.round(),
        contract.termsSha256(),
        new TreeSet<>(contract.accepted()),
        contract.agreedAt(),
        contract.signatures().stream().map(ContractView::signed).toList(),
        contract.contractHash(),
        new TreeSet<>(contract.endConfirmed()),
        contract.ended(),
        contract.endReason(),
        List.copyOf(contract.stoppedProducts()),
        contract.stops().stream().map(ContractView::stopped).toList());
  }

  private static Signed signed(Signature signature) {
    return new Signed(
        signature.party(),
        signature.keyId(),
        signature.suite(),
        signature.publicKey(),
        signature.signature(),
        signature.by().at());
  }

  private static Stopped stopped(Stop stop) {
    return new Stopped(
        stop.reason(), stop.productId(), stop.note(), stop.by().party(), stop.by().at());
  }
}
