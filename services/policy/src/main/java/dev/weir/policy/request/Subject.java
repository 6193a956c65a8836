package dev.weir.policy.request;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import java.util.Set;

/**
 * Who asks.
 *
 * @param party the organisation the token names
 * @param roles the roles of the token
 * @param actor subject id of the token
 */
public record Subject(CreditCode party, Set<Role> roles, String actor) {
  public Subject {
    roles = Set.copyOf(roles);
  }
}
