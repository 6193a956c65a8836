package dev.weir.aggregation.stream;

import dev.weir.aggregation.task.LaneTopics;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Asked of the broker with the aggregator's own rights: it may see its topics, not change them.
 *
 * @param service owner of the topics
 */
public record KafkaLaneTopics(KafkaClients kafka, String service) implements LaneTopics {
  @Override
  public Map<String, Integer> mostMessageBytes() {
    return asked(admin -> TopicCatalogue.load().limits(admin, service));
  }

  @Override
  public Map<String, Duration> retention() {
    return asked(admin -> TopicCatalogue.load().retention(admin, service));
  }

  private <T> T asked(Function<Admin, T> question) {
    try (var admin = kafka.admin()) {
      return question.apply(admin);
    } catch (KafkaException e) {
      var problem =
          new ProblemException(
              ProblemType.UNAVAILABLE, "The broker cannot be asked about its topics now.");
      problem.initCause(e);
      throw problem;
    }
  }
}
