package dev.weir.aggregation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class KafkaVerificationTest {
  @Test
  void lanes_workExactlyOnce_underTheirOwnName() {
    var settings =
        new KafkaVerification.Settings(
            "leader-verification", Path.of("s"), 2, Duration.ofSeconds(1), 3);
    var config =
        new StreamsConfig(
            KafkaVerification.properties(Map.of("bootstrap.servers", "127.0.0.1:1"), settings));
    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
    assertThat(config.getString(StreamsConfig.APPLICATION_ID_CONFIG))
        .isEqualTo("leader-verification");
    assertThat(config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(2);
    assertThat(config.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG)).isEqualTo(3);
  }
}
