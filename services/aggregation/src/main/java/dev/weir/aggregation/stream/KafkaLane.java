package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneBook;
import dev.weir.dap.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A step at work in one task of Kafka Streams: its stores are the book, its children the outs. */
final class KafkaLane implements Processor<byte[], byte[], byte[], byte[]> {
  static final String DEAD_LETTERS = "dead-letters";
  static final String BATCHES = "batches";
  static final String PEER = "peer";

  /** A header: {@link dev.weir.aggregation.lane.LaneNumbers}. */
  static final String NUMBER = "number";

  private final LaneStep step;
  private final LaneParts parts;
  private final String peer;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable LaneBook book;
  private long nextForgetting;

  KafkaLane(LaneStep step, LaneParts parts) {
    this(step, parts, PEER);
  }

  /**
   * @param peer the sink for what the other aggregator is told
   */
  KafkaLane(LaneStep step, LaneParts parts, String peer) {
    this.step = step;
    this.parts = parts;
    this.peer = peer;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> opened) {
    context = opened;
    book = new LaneBook(new KafkaLaneStore(opened), opened.taskId().partition());
    opened.schedule(LaneParts.FORGET_MORE, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  private void forget(long now) {
    if (nextForgetting == 0) { // a lane that was just taken over has better things to do
      nextForgetting = now + LaneParts.FORGET_EVERY.toMillis();
    } else if (now >= nextForgetting) {
      boolean more = parts.forget(Objects.requireNonNull(book));
      nextForgetting = now + (more ? LaneParts.FORGET_MORE : LaneParts.FORGET_EVERY).toMillis();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var lane = Objects.requireNonNull(book);
    switch (lane.numbers().hear(number(record))) {
      case REPEATED -> parts.figures().buried("repeated");
      case AFTER_A_GAP -> {
        parts.figures().gap();
        decide(lane, record);
      }
      case NEXT -> decide(lane, record);
    }
  }

  private void decide(LaneBook lane, Record<byte[], byte[]> record) {
    var out = new Forwarding(Objects.requireNonNull(context), lane, record, peer, parts);
    step.process(lane, record.key(), record.value(), out);
  }

  private static Optional<Bytes> number(Record<byte[], byte[]> record) {
    return Optional.ofNullable(record.headers().lastHeader(NUMBER))
        .map(Header::value)
        .map(Bytes::copyOf);
  }

  private record Forwarding(
      ProcessorContext<byte[], byte[]> context,
      LaneBook book,
      Record<byte[], byte[]> cause,
      String peer,
      LaneParts parts)
      implements LaneOut {
    /** With the name of the foreign leader's job that it answers, where it has one. */
    @Override
    public void peer(Bytes value) {
      var headers = new RecordHeaders();
      if (peer.equals(PEER)) {
        headers.add(NUMBER, book.numbers().say(parts.clock().instant()).toArray());
      } else {
        Optional.ofNullable(cause.headers().lastHeader(AggregationTopics.JOB_HEADER))
            .ifPresent(headers::add);
      }
      send(cause.key(), value.toArray(), headers, peer);
    }

    @Override
    public void batch(Bytes value) {
      send(cause.key(), value.toArray(), new RecordHeaders(), BATCHES);
    }

    @Override
    public void bury(String reason) {
      parts.figures().buried(reason);
      var headers = new RecordHeaders();
      headers.add("reason", reason.getBytes(StandardCharsets.US_ASCII));
      send(
          KafkaLetter.beginning(cause.key(), headers, "key-bytes"),
          KafkaLetter.beginning(cause.value(), headers, "value-bytes"),
          headers,
          DEAD_LETTERS);
    }

    private void send(byte @Nullable [] key, byte @Nullable [] value, Headers headers, String to) {
      context.forward(new Record<>(key, value, cause.timestamp(), headers), to);
    }
  }
}
