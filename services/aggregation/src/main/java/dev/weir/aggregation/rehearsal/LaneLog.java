package dev.weir.aggregation.rehearsal;

import dev.weir.dap.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One partition of a topic, and how far its one consumer has come. Confined. */
final class LaneLog {
  private final List<Message> messages = new ArrayList<>();
  private int consumed;

  @SuppressWarnings("ArrayRecordComponent") // as Kafka hands them over; never compared
  record Message(byte[] key, byte[] value, Optional<Bytes> number) {
    Message(byte[] key, byte[] value) {
      this(key, value, Optional.empty());
    }
  }

  void append(byte[] key, byte[] value) {
    append(new Message(key, value));
  }

  void append(Message message) {
    messages.add(message);
  }

  /** What a mirror does that lost its place: the last few come once more, in their order. */
  void repeat(int most) {
    messages.subList(Math.max(0, messages.size() - most), messages.size()).stream()
        .filter(message -> message.number().isPresent())
        .toList()
        .forEach(messages::add);
  }

  /** The next ones, at most so many; they stay the next ones until {@link #consumed}. */
  List<Message> next(int most) {
    return List.copyOf(messages.subList(consumed, Math.min(messages.size(), consumed + most)));
  }

  void consumed(int count) {
    consumed += count;
  }

  boolean isDone() {
    return consumed == messages.size();
  }

  int size() {
    return messages.size();
  }

  Message at(int index) {
    return messages.get(index);
  }
}
