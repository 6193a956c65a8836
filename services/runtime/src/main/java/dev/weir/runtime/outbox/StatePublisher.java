package dev.weir.runtime.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.runtime.json.Json;
import dev.weir.schemas.avro.StateSnapshot;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Publishes the newest state of a thing of the control plane to its compacted topic. Thread-safe.
 */
public final class StatePublisher {
  private static final ObjectMapper JSON = Json.mapper();

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
    outbox.publish(handle, topic, id, new StateSnapshot(kind, id, version, at, json(state)));
  }

  private static String json(Object state) {
    try {
      return JSON.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a state: " + state.getClass().getSimpleName(), e);
    }
  }
}
