package dev.weir.space.domain;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;

/**
 * What both bodies sign: its RFC 8785 bytes, never changed after the proposal.
 *
 * @param kind says what a signature over these bytes is for
 */
public record Agreement(String kind, DomainId id, CreditCode operator, DomainProposal proposal) {
  static Agreement of(DomainId id, CreditCode operator, DomainProposal proposal) {
    return new Agreement("authorised-operation-agreement", id, operator, proposal);
  }
}
