package dev.weir.aggregation.lane;

import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * A mark that travels through a lane behind the reports that came before it: from the leader's
 * reports to the helper and back. Where it has passed, all those reports have been decided on.
 * Immutable.
 *
 * @param collection which collection it is for, 16 bytes
 */
public record Marker(Bytes collection, Kind kind, BatchSelector batch) implements WireMessage {
  /** Length of a collection's name. */
  public static final int COLLECTION_LENGTH = 16;

  public static Marker read(WireReader in) {
    return new Marker(in.raw(COLLECTION_LENGTH), Kind.read(in), BatchSelector.read(in));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.raw(collection).u8(kind.ordinal()).message(batch);
  }

  /** What a lane does when the mark passes. */
  public enum Kind {
    /** Says what the batch holds so far. */
    COUNT,
    /** Closes the batch and says what it holds. */
    CLOSE,
    /** Opens a batch again that was closed for this collection but not collected. */
    REOPEN,
    /** Begins a leader-selected batch. */
    BEGIN,
    /** Forgets what a batch held that this collection closed and that has been told. */
    FORGET;

    /** True where the lane says what the batch holds when the mark has passed. */
    public boolean isAnswered() {
      return switch (this) {
        case COUNT, CLOSE -> true;
        case REOPEN, BEGIN, FORGET -> false;
      };
    }

    /** True where the other aggregator's lane does the same; each forgets at its own word. */
    public boolean isForBoth() {
      return switch (this) {
        case COUNT, CLOSE, REOPEN, BEGIN -> true;
        case FORGET -> false;
      };
    }

    static Kind read(WireReader in) {
      int code = in.u8();
      if (code >= values().length) {
        throw WireReader.malformed("The marker is of no known kind.");
      }
      return values()[code];
    }
  }
}
