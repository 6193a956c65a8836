package dev.weir.acceptance.attack;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.schemas.avro.DeadLetter;
import dev.weir.testkit.Answer;
import dev.weir.testkit.TestService;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Looks for planted texts wherever data must not be, and names the places where they are. */
final class Search {
  private static final int FRAME_BYTES = 5;

  private final List<String> marks;
  private final TreeSet<String> found = new TreeSet<>();
  private int payloads;

  Search(List<String> marks) {
    this.marks = List.copyOf(marks);
  }

  /** Places with a mark, so far. */
  TreeSet<String> found() {
    return found;
  }

  /** Dead letters whose payload, which belongs to its domain, holds a mark. */
  int payloads() {
    return payloads;
  }

  void lines(String printed) {
    printed.lines().filter(this::holds).forEach(line -> found.add("log: " + line));
  }

  void metrics(TestService service) {
    String page = service.admin().get("/metrics").body();
    page.lines().filter(this::holds).forEach(line -> found.add("metric: " + line));
  }

  void problem(Answer answer) {
    if (answer.status() >= 400 && holds(answer.body() + answer.headers().map())) {
      found.add("problem: " + answer.body());
    }
  }

  /** Every topic but those of records, which are the data themselves. */
  void topics(EmbeddedServices services) throws Exception {
    try (var consumer = services.consumer()) {
      var partitions = new ArrayList<TopicPartition>();
      consumer
          .listTopics()
          .forEach((topic, each) -> {
            if (!topic.startsWith("resource.") && !topic.startsWith("__")) {
              each.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
            }
          });
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var message : consumer.poll(Duration.ofMillis(200))) {
          message(message);
        }
      }
    }
  }

  private void message(ConsumerRecord<String, byte[]> message) throws Exception {
    boolean outside = holds(String.valueOf(message.key()));
    for (var header : message.headers()) {
      outside |= holds(text(header.value()));
    }
    outside |=
        message.topic().startsWith("domain.")
            ? holds(withoutPayload(message.value()))
            : message.value() != null && holds(text(message.value()));
    if (outside) {
      found.add("topic: " + message.topic());
    }
  }

  private String withoutPayload(byte[] framed) throws Exception {
    var letter =
        new SpecificDatumReader<>(DeadLetter.class)
            .read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(framed, FRAME_BYTES, framed.length - FRAME_BYTES, null));
    if (holds(StandardCharsets.UTF_8.decode(letter.getPayload()).toString())) {
      payloads++;
    }
    letter = DeadLetter.newBuilder(letter).setPayload(ByteBuffer.allocate(0)).build();
    return letter.toString();
  }

  private boolean holds(String text) {
    return marks.stream().anyMatch(text::contains);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
