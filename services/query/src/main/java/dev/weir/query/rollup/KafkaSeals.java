package dev.weir.query.rollup;

import dev.weir.kernel.ResourceId;
import dev.weir.schemas.avro.VersionSealed;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** The newest seal of every resource, as every instance of a topology holds it. */
final class KafkaSeals {
  static final String TOPIC = "intake.versions";
  static final String STORE = "seals";

  private KafkaSeals() {}

  static @Nullable VersionSealed newest(ProcessingContext context, ResourceId resource) {
    KeyValueStore<String, ValueAndTimestamp<Object>> seals = context.getStateStore(STORE);
    var held = seals.get(resource.toString());
    return held != null && held.value() instanceof VersionSealed seal ? seal : null;
  }
}
