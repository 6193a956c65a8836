package dev.weir.policy.state;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.Term;
import java.util.Set;

/**
 * An authorised operation domain. Topic {@code space.domains}, key {@code id}.
 *
 * @param operator the operating body
 * @param implementingBody the body that authorises
 * @param purposes the purposes of the approved use scene; a contract's purpose is one of them
 * @param ceilingLevel the highest level of a resource that may enter, 1 to 5
 * @param feeCeilingFen the highest price of one call, in fen
 */
public record DomainState(
    DomainId id,
    long version,
    Bilingual name,
    CreditCode operator,
    CreditCode implementingBody,
    Set<String> purposes,
    Term term,
    int ceilingLevel,
    long feeCeilingFen,
    Status status) {
  public DomainState {
    purposes = Set.copyOf(purposes);
  }

  public enum Status {
    PROPOSED,
    SCENE_APPROVED,
    ACTIVE,
    CLOSED
  }
}
