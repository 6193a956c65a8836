package dev.weir.intake.run;

import dev.weir.kernel.RunId;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.schemas.avro.IntakeProgress;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads how far a run has come from {@code intake.progress}. */
final class KafkaProgressLog {
  static final String TOPIC = "intake.progress";
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final KafkaClients kafka;

  KafkaProgressLog(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * Reads to the end that the topic has now. Committed progress may lie behind an open transaction
   * of another run, where a read-committed reader cannot see it yet; so the end is the true one,
   * and the reader waits until it gets there.
   */
  RecordStream.Progress read(RunId run) {
    var partition = new TopicPartition(TOPIC, 0);
    try (var admin = kafka.admin();
        var consumer = kafka.consumer()) {
      long end = KafkaOffsets.ends(admin, TOPIC, 1).getFirst();
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var found = RecordStream.Progress.NONE;
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        for (var message : consumer.poll(POLL)) {
          if (message.value() instanceof IntakeProgress progress
              && progress.getRunId().equals(run.toString())) {
            found =
                new RecordStream.Progress(
                    progress.getNextOrdinal(), progress.getAccepted(), progress.getRejected());
          }
        }
        if (System.nanoTime() > deadline) {
          throw new KafkaException("the progress topic could not be read to its end");
        }
      }
      return found;
    }
  }
}
