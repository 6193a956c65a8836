package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.verify.SignatureCheck;
import dev.weir.dap.wire.Bytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks each signature once, as {@link OpenedOnce} opens each share once. Thread-safe. */
final class CheckedOnce implements SignatureCheck {
  private final Map<Signed, Boolean> checked = new ConcurrentHashMap<>();

  private record Signed(Contributor by, Bytes statement, Bytes signature) {}

  @Override
  public boolean signed(Contributor contributor, Bytes statement, Bytes signature) {
    return checked.computeIfAbsent(
        new Signed(contributor, statement, signature),
        it -> it.by().signed(it.statement(), it.signature()));
  }
}
