package dev.weir.aggregation.lane;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.OutputShare;
import dev.weir.privacy.vdaf.Vdaf;

/**
 * What reports add up to. Secret. Immutable.
 *
 * @param reports how many
 * @param checksum exclusive or of SHA-256 over their ids
 * @param first earliest time, in the task's units
 * @param last latest time
 * @param share encoded aggregate share; empty when there is no report
 */
public record Bucket(long reports, Bytes checksum, long first, long last, Bytes share)
    implements WireMessage {
  private static final int CHECKSUM_LENGTH = 32;

  public static final Bucket EMPTY =
      new Bucket(0, Bytes.owning(new byte[CHECKSUM_LENGTH]), -1, 0, Bytes.EMPTY);

  public static Bucket read(WireReader in) {
    return new Bucket(in.u64(), in.raw(CHECKSUM_LENGTH), in.u64(), in.u64(), in.v32());
  }

  /** With one report more. */
  public Bucket plus(Vdaf vdaf, ReportId id, long time, OutputShare output) {
    var sum = vdaf.aggregation();
    if (reports > 0) {
      sum.merge(AggregateShare.of(share.toArray()));
    }
    sum.add(output);
    return new Bucket(
        reports + 1,
        checksum.xor(id.bytes().sha256()),
        Long.compareUnsigned(time, first) < 0 ? time : first,
        Long.compareUnsigned(time, last) > 0 ? time : last,
        Bytes.owning(sum.share().revealBytes()));
  }

  /** Both together. */
  public Bucket merge(Vdaf vdaf, Bucket other) {
    if (other.reports == 0) {
      return this;
    }
    if (reports == 0) {
      return other;
    }
    var sum = vdaf.aggregation();
    sum.merge(AggregateShare.of(share.toArray()));
    sum.merge(AggregateShare.of(other.share.toArray()));
    return new Bucket(
        Math.addExact(reports, other.reports),
        checksum.xor(other.checksum),
        Long.compareUnsigned(other.first, first) < 0 ? other.first : first,
        Long.compareUnsigned(other.last, last) > 0 ? other.last : last,
        Bytes.owning(sum.share().revealBytes()));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u64(reports).raw(checksum).u64(first).u64(last).v32(share);
  }
}
