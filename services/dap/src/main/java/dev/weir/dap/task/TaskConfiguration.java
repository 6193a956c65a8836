package dev.weir.dap.task;

import dev.weir.dap.report.Extension;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The configuration whose bytes every sealed share is bound to. It is agreed outside DAP and never
 * sent in it. Immutable; what it says is not judged here beyond its form.
 *
 * @param info opaque, 1 to 255 bytes
 * @param leader base URL in ASCII, exactly as it will be bound
 * @param timePrecisionSeconds unsigned
 * @param minBatchReports unsigned
 */
public record TaskConfiguration(
    Bytes info,
    String leader,
    String helper,
    long timePrecisionSeconds,
    long minBatchReports,
    BatchMode batchMode,
    Bytes batchConfig,
    VdafConfiguration vdaf,
    List<Extension> extensions)
    implements WireMessage {
  /** Code point of the extension that holds the task's interval. */
  public static final int TASK_INTERVAL = 1;

  public TaskConfiguration {
    extensions = List.copyOf(extensions);
  }

  public static TaskConfiguration read(WireReader in) {
    return new TaskConfiguration(
        in.notEmpty(in.v8()),
        url(in),
        url(in),
        in.u64(),
        in.u64(),
        BatchMode.read(in),
        in.v16(),
        VdafConfiguration.read(in),
        in.list16(Extension::read));
  }

  /** When reports may be made; empty for a task without beginning and end. */
  public Optional<TimeInterval> interval() {
    return Extension.find(extensions, TASK_INTERVAL)
        .map(data -> WireReader.whole(data, TimeInterval::read));
  }

  public static Extension interval(TimeInterval interval) {
    return new Extension(TASK_INTERVAL, interval.encoded());
  }

  @Override
  public void writeTo(WireWriter out) {
    out.v8(info)
        .v16(ascii(leader))
        .v16(ascii(helper))
        .u64(timePrecisionSeconds)
        .u64(minBatchReports)
        .u8(batchMode.code())
        .v16(batchConfig)
        .message(vdaf)
        .v16(extensions);
  }

  private static String url(WireReader in) {
    byte[] bytes = in.notEmpty(in.v16()).toArray();
    for (byte b : bytes) {
      if (b <= ' ' || b == 0x7f) {
        throw WireReader.malformed("An address is printable ASCII.");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static Bytes ascii(String url) {
    return Bytes.owning(url.getBytes(StandardCharsets.US_ASCII));
  }
}
