package dev.weir.runtime.outbox;

import dev.weir.runtime.json.Json;
import dev.weir.schemas.avro.StateSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Publishes the newest state of a thing of the control plane to its compacted topic. Thread-safe.
 */
public final class StatePublisher {
  private final Outbox outbox;

  public StatePublisher(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * @param kind participant, domain, resource, product or contract
   * @param version one more than the last published of this id, under the lock of its row
   * @param state written as JSON
   */
  public void publish(
      Handle handle, String kind, String topic, String id, long version, Instant at, Object state) {
    String document = new String(Json.canonical(state), StandardCharsets.UTF_8);
    outbox.publish(handle, topic, id, new StateSnapshot(kind, id, version, at, document));
  }
}
