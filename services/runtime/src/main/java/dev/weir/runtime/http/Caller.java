package dev.weir.runtime.http;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import java.security.Principal;
import java.util.Set;

/**
 * Who calls, as a verified token says it; injected with {@code @Auth Caller caller}. Immutable.
 *
 * @param subject the account's id at the identity server
 * @param clientId the client that the token was issued to
 * @param party the participant on whose behalf the account acts
 * @param roles never in conflict with each other, see {@link Role#conflict}
 */
public record Caller(String subject, String clientId, CreditCode party, Set<Role> roles)
    implements Principal {
  public Caller {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return subject;
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
