package dev.weir.policy.constraint;

import java.util.Optional;
import java.util.Set;

/**
 * A named attribute is, or is not, one of the values.
 *
 * @param in whether the attribute must be among the values, or not among them
 */
public record TokenCondition(Attribute attribute, boolean in, Set<String> values)
    implements Condition {
  public TokenCondition {
    values = Set.copyOf(values);
  }

  /** Attributes compared as whole tokens. */
  public enum Attribute {
    PURPOSE,
    DATA_FIELD,
    APPLICATION,
    EXECUTION_ENV,
    ENCRYPT_MODE,
    DELIVERY_METHOD;

    Optional<String> of(Atom atom) {
      var channel = atom.environment().channel();
      return switch (this) {
        case PURPOSE -> Optional.of(atom.environment().purpose());
        case DATA_FIELD -> Optional.ofNullable(atom.column());
        case APPLICATION -> channel.application();
        case EXECUTION_ENV -> channel.executionEnv();
        case ENCRYPT_MODE -> channel.encryptMode();
        case DELIVERY_METHOD -> channel.deliveryMethod();
      };
    }
  }

  @Override
  public Truth test(Atom atom) {
    Optional<String> value = attribute.of(atom);
    if (value.isEmpty()) {
      return attribute == Attribute.DATA_FIELD ? Truth.VACUOUS : Truth.UNKNOWN;
    }
    return Truth.of(values.contains(value.get()) == in);
  }
}
