package dev.weir.cli.stack;

import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.secret.Secret;

/** The embedded stack's broker, as one of its logins sees it. */
public final class StackBroker {
  private StackBroker() {}

  /**
   * @throws IllegalStateException when the stack was never started
   */
  public static KafkaAccess as(StackState state, String login) {
    int port = StackPorts.read(state.directory()).port(StackPorts.KAFKA);
    return new KafkaAccess(
        LoopbackPorts.HOST + ":" + port,
        login,
        Secret.read(state.secrets().resolve("kafka-" + login)));
  }
}
