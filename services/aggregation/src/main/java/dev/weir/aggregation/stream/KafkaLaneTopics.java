package dev.weir.aggregation.stream;

import dev.weir.aggregation.task.LaneTopics;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/**
 * Asked of the broker with the aggregator's own rights: it may see its topics, not change them.
 *
 * @param service owner of the topics
 */
public record KafkaLaneTopics(KafkaClients kafka, String service) implements LaneTopics {
  @Override
  public Map<String, Integer> mostMessageBytes() {
    try (var admin = kafka.admin()) {
      return TopicCatalogue.load().limits(admin, service);
    } catch (KafkaException e) {
      var problem =
          new ProblemException(
              ProblemType.UNAVAILABLE, "The broker cannot be asked about its topics now.");
      problem.initCause(e);
      throw problem;
    }
  }
}
