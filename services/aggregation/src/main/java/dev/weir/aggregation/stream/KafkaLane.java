package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.dap.wire.Bytes;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** One lane as a processor sees it: its book, and where messages go. Confined. */
final class KafkaLane {
  static final String DEAD_LETTERS = "dead-letters";
  static final String BATCHES = "batches";
  static final String PEER = "peer";

  private final ProcessorContext<byte[], byte[]> context;
  private final LaneBook book;

  KafkaLane(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.book = new LaneBook(new KafkaLaneStore(context), context.taskId().partition());
  }

  LaneBook book() {
    return book;
  }

  /** To the other aggregator, or to what collects batches. */
  void send(String sink, Record<byte[], byte[]> cause, Bytes value) {
    context.forward(
        new Record<>(cause.key(), value.toArray(), cause.timestamp(), new RecordHeaders()), sink);
  }

  /** Puts a record aside as it came; the reason is fixed text. */
  void bury(Record<byte[], byte[]> poison, String reason) {
    var headers = new RecordHeaders();
    headers.add("reason", reason.getBytes(StandardCharsets.US_ASCII));
    context.forward(
        new Record<>(poison.key(), poison.value(), poison.timestamp(), headers), DEAD_LETTERS);
  }
}
