package dev.weir.testkit;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import java.util.Set;

/**
 * An account that a token can be made for; named after its role. Immutable.
 *
 * @param name both subject and client id
 */
public record Account(String name, CreditCode party, Set<Role> roles) {
  private static final String BODY = "91110000MA0%06d";

  public Account {
    roles = Set.copyOf(roles);
  }

  public static Account of(String name, CreditCode party, Role... roles) {
    return new Account(name, party, Set.of(roles));
  }

  /** The n-th valid credit code, for n from 0 to 999,999; no real body holds it on purpose. */
  public static CreditCode party(int n) {
    String body = BODY.formatted(n);
    return new CreditCode(body + CreditCode.checkCharacter(body));
  }
}
