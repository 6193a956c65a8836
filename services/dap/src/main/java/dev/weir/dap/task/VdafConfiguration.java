package dev.weir.dap.task;

import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.function.Function;

/**
 * Which VDAF a task uses and with which parameters, as registered for DAP, and one of our own from
 * the range for private use. Whether the parameters make sense is for the VDAF to say. Immutable.
 */
public sealed interface VdafConfiguration extends WireMessage {
  /** Code point. */
  long type();

  static VdafConfiguration read(WireReader in) {
    var decoder = decoder(in.u32());
    return in.in16(decoder);
  }

  private static Function<WireReader, VdafConfiguration> decoder(long type) {
    if (type == Count.TYPE) {
      return in -> new Count();
    }
    if (type == Sum.TYPE) {
      return in -> new Sum(in.u64());
    }
    if (type == SumVec.TYPE) {
      return in -> new SumVec(in.u32(), in.u64(), in.u32());
    }
    if (type == Histogram.TYPE) {
      return in -> new Histogram(in.u32(), in.u32());
    }
    if (type == MultihotCountVec.TYPE) {
      return in -> new MultihotCountVec(in.u32(), in.u32(), in.u64());
    }
    if (type == UnverifiedSumVec.TYPE) {
      return in -> new UnverifiedSumVec(in.u32(), in.u64());
    }
    throw WireReader.malformed("The VDAF is not known.");
  }

  /** How many measurements are one. */
  record Count() implements VdafConfiguration {
    static final long TYPE = 1;

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u32(TYPE).u16(0);
    }
  }

  /**
   * The sum of integers from 0.
   *
   * @param maxMeasurement unsigned
   */
  record Sum(long maxMeasurement) implements VdafConfiguration {
    static final long TYPE = 2;

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u32(TYPE).u16(8).u64(maxMeasurement);
    }
  }

  /**
   * The sum of vectors, element by element.
   *
   * @param maxMeasurement of an element, unsigned
   * @param chunkLength of the proof; it changes sizes, never the result
   */
  record SumVec(long length, long maxMeasurement, long chunkLength) implements VdafConfiguration {
    static final long TYPE = 3;

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u32(TYPE).u16(16).u32(length).u64(maxMeasurement).u32(chunkLength);
    }
  }

  /**
   * How many measurements fell into each bucket.
   *
   * @param length number of buckets
   */
  record Histogram(long length, long chunkLength) implements VdafConfiguration {
    static final long TYPE = 4;

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u32(TYPE).u16(8).u32(length).u32(chunkLength);
    }
  }

  /**
   * How many measurements had each property, where one may have several.
   *
   * @param maxWeight how many properties a measurement may have, unsigned
   */
  record MultihotCountVec(long length, long chunkLength, long maxWeight)
      implements VdafConfiguration {
    static final long TYPE = 5;

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u32(TYPE).u16(16).u32(length).u32(chunkLength).u64(maxWeight);
    }
  }

  /**
   * The sum of long vectors, element by element, <b>without robustness</b>: no proof, so that one
   * contributor can spoil the sum.
   *
   * @param maxMeasurement of an element, as honest contributors send it, unsigned
   */
  record UnverifiedSumVec(long length, long maxMeasurement) implements VdafConfiguration {
    static final long TYPE = 0xFFFF5753L;

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u32(TYPE).u16(12).u32(length).u64(maxMeasurement);
    }
  }
}
