package dev.weir.policy.state;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import java.util.List;
import java.util.Set;

/** A participant and its public keys. Topic {@code space.participants}, key the credit code. */
public record ParticipantState(
    CreditCode creditCode,
    long version,
    Bilingual name,
    Set<Role> roles,
    List<Key> keys,
    boolean active) {
  public ParticipantState {
    roles = Set.copyOf(roles);
    keys = List.copyOf(keys);
  }

  /**
   * @param suite {@code gm} or {@code intl}
   * @param publicKey X.509 SubjectPublicKeyInfo, base64
   */
  public record Key(String keyId, String suite, String publicKey) {}
}
