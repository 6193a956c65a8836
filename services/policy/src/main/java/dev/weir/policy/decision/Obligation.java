package dev.weir.policy.decision;

import java.time.Duration;

/**
 * What an enforcement point must do with a use; one that cannot is never allowed to go on. {@code
 * rule} is the contract rule that asks for it.
 */
public sealed interface Obligation {
  String rule();

  Kind kind();

  /** Kinds an enforcement point declares it can carry out. */
  enum Kind {
    SEND_LOG_RECORD,
    ALERT_PROVIDER,
    DELETE_ANSWER
  }

  /** An evidence leaf the provider can read, in the transaction of the use. */
  record SendLogRecord(String rule) implements Obligation {
    @Override
    public Kind kind() {
      return Kind.SEND_LOG_RECORD;
    }
  }

  /** The provider's view of uses marks this one for attention. */
  record AlertProvider(String rule) implements Obligation {
    @Override
    public Kind kind() {
      return Kind.ALERT_PROVIDER;
    }
  }

  /**
   * The stored answer is deleted.
   *
   * @param after at the latest this long after the use
   */
  record DeleteAnswer(String rule, Duration after) implements Obligation {
    @Override
    public Kind kind() {
      return Kind.DELETE_ANSWER;
    }
  }
}
