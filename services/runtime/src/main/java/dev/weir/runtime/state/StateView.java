package dev.weir.runtime.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.schemas.avro.StateSnapshot;
import io.dropwizard.lifecycle.Managed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest state of everything in one compacted {@code space.*} topic, in memory. It reads the
 * topic from its start to its end, then follows it; the version of an id never goes back.
 *
 * <p>Thread-safe; readers never wait. Listeners run on the view's own thread, one after another;
 * one added before {@code start} sees everything.
 *
 * @param <T> a record of {@code dev.weir.policy.state}
 */
public final class StateView<T> implements Managed {
  private static final Logger log = LoggerFactory.getLogger(StateView.class);

  private static final ObjectMapper JSON = Json.mapper();

  private final String topic;
  private final Class<T> type;
  private final TopicFollower follower;
  private final Map<String, Versioned<T>> states = new ConcurrentHashMap<>();
  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param topic such as {@code space.contracts}
   */
  public StateView(KafkaClients kafka, String topic, Class<T> type) {
    this.topic = topic;
    this.type = type;
    this.follower = new TopicFollower(kafka, topic, this::take);
  }

  public Optional<T> get(String id) {
    return Optional.ofNullable(states.get(id)).map(Versioned::state);
  }

  /** A snapshot, in no order. */
  public Collection<T> all() {
    return states.values().stream().map(Versioned::state).toList();
  }

  /** Called after each change can be seen through {@link #get}. */
  public void onChange(Consumer<T> listener) {
    listeners.add(listener);
  }

  /**
   * True when the view holds everything that was in the topic at most 10 s ago. A decision that
   * must not rest on old state is refused while this is false.
   */
  public boolean caughtUp() {
    return follower.caughtUp();
  }

  @Override
  public void start() {
    follower.start();
  }

  @Override
  public void stop() throws InterruptedException {
    follower.stop();
  }

  @SuppressWarnings("ReferenceEquality") // whether this very state is the one that was kept
  private void take(ConsumerRecord<String, @Nullable Object> message) {
    if (message.value() == null) {
      states.remove(message.key());
      return;
    }
    if (!(message.value() instanceof StateSnapshot snapshot)) {
      log.error("not a snapshot topic={} offset={}", topic, message.offset());
      return;
    }
    var fresh = new Versioned<>(snapshot.getVersion(), read(snapshot));
    var kept = states.merge(snapshot.getId(), fresh, Versioned::newer);
    if (kept == fresh) {
      notifyListeners(fresh.state());
    }
  }

  private void notifyListeners(T state) {
    for (Consumer<T> listener : listeners) {
      try {
        listener.accept(state);
      } catch (RuntimeException e) {
        log.error("a listener failed topic={}", topic, e);
      }
    }
  }

  private T read(StateSnapshot snapshot) {
    try {
      return JSON.readValue(snapshot.getDocument(), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("snapshot cannot be read: " + type.getSimpleName(), e);
    }
  }

  private record Versioned<T>(long version, T state) {
    static <T> Versioned<T> newer(Versioned<T> held, Versioned<T> fresh) {
      return fresh.version > held.version ? fresh : held;
    }
  }
}
