package dev.weir.space.domain;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.policy.state.DomainState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A domain as shown; accounts are left out, since an active domain is public.
 *
 * @param agreementSha256 lower-case hex digest of the bytes both bodies sign
 */
public record DomainView(
    DomainId id,
    long version,
    Status status,
    CreditCode operator,
    DomainProposal proposal,
    String agreementSha256,
    List<Signed> signatures,
    Optional<String> rejection,
    Optional<OperationDomain.Closing> closed) {
  public DomainView {
    signatures = List.copyOf(signatures);
  }

  /** Which body signed, with which of its keys. */
  public record Signed(CreditCode party, String keyId, String signature, Instant at) {}

  static DomainView of(OperationDomain domain) {
    return new DomainView(
        domain.id(),
        domain.version(),
        domain.status(),
        domain.operator(),
        domain.proposal(),
        domain.agreementSha256(),
        domain.signatures().stream()
            .map(signature ->
                new Signed(
                    signature.by().party(),
                    signature.keyId(),
                    signature.signature(),
                    signature.by().at()))
            .toList(),
        domain.rejection(),
        domain.closed());
  }
}
