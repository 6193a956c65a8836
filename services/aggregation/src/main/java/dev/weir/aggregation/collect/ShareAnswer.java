package dev.weir.aggregation.collect;

import dev.weir.dap.collection.AggregateShare;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the helper says to a request for its share. Immutable. */
sealed interface ShareAnswer extends WireMessage {
  record Share(AggregateShare share) implements ShareAnswer {
    @Override
    public void writeTo(WireWriter out) {
      out.u8(0).message(share);
    }
  }

  /** A refusal, with the type of the problem. */
  record Refusal(ProblemType problem) implements ShareAnswer {
    @Override
    public void writeTo(WireWriter out) {
      out.u8(1).v8(Bytes.owning(problem.name().getBytes(StandardCharsets.US_ASCII)));
    }
  }

  static ShareAnswer of(byte[] value) {
    return WireReader.whole(
        value,
        in ->
            switch (in.u8()) {
              case 0 -> new Share(AggregateShare.read(in));
              case 1 -> new Refusal(problem(in.v8()));
              default -> throw WireReader.malformed("The answer is of no known kind.");
            });
  }

  /** From its name as it is written; a name of another edition's is a failure like any other. */
  static ProblemType problem(Bytes name) {
    String text = new String(name.toArray(), StandardCharsets.US_ASCII);
    return Arrays.stream(ProblemType.values())
        .filter(type -> type.name().equals(text))
        .findFirst()
        .orElse(ProblemType.INTERNAL);
  }
}
