package dev.weir.aggregation.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** One partition of a topic, and how far its one consumer has come. Confined. */
final class LaneLog {
  private final List<Message> messages = new ArrayList<>();
  private int consumed;

  @SuppressWarnings("ArrayRecordComponent") // as Kafka hands them over; never compared
  record Message(byte[] key, byte[] value) {}

  void append(byte[] key, byte[] value) {
    messages.add(new Message(key, value));
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
