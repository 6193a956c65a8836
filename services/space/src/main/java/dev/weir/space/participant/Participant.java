package dev.weir.space.participant;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.state.ParticipantState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A participant as stored and shown. Immutable; every step returns the next version. */
public record Participant(
    CreditCode creditCode,
    long version,
    Bilingual name,
    Set<Role> roles,
    List<ParticipantState.Key> keys,
    boolean active) {
  private static final int MAX_KEYS = 16;
  private static final int MAX_NAME_CHARACTERS = 200;

  public Participant {
    roles = Set.copyOf(roles);
    keys = List.copyOf(keys);
  }

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} without a name in both
   *     languages or with a role that no organisation holds
   */
  public static Participant register(CreditCode creditCode, Bilingual name, Set<Role> roles) {
    boolean named = isName(name.zh()) && isName(name.en());
    var held = EnumSet.noneOf(Role.class);
    held.addAll(roles);
    if (!named || held.isEmpty() || held.contains(Role.SERVICE)) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A participant has a name of 1 to 200 characters in both languages and at least one role"
              + " of an organisation.");
    }
    return new Participant(creditCode, 1, name, roles, List.of(), true);
  }

  public Participant suspend() {
    if (!active) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The participant is suspended already.");
    }
    return new Participant(creditCode, version + 1, name, roles, keys, false);
  }

  public Participant withKey(ParticipantState.Key key) {
    if (keys.size() >= MAX_KEYS) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A participant has at most 16 keys; revoke one first.");
    }
    var more = new ArrayList<>(keys);
    more.add(key);
    return new Participant(creditCode, version + 1, name, roles, more, active);
  }

  public Participant withoutKey(String keyId) {
    var fewer = keys.stream().filter(key -> !key.keyId().equals(keyId)).toList();
    if (fewer.size() == keys.size()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no such key.");
    }
    return new Participant(creditCode, version + 1, name, roles, fewer, active);
  }

  public Optional<ParticipantState.Key> key(String keyId) {
    return keys.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
  }

  ParticipantState state() {
    return new ParticipantState(creditCode, version, name, roles, keys, active);
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= MAX_NAME_CHARACTERS;
  }
}
