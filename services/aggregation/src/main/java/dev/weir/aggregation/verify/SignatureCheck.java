package dev.weir.aggregation.verify;

import dev.weir.aggregation.task.Contributor;
import dev.weir.dap.wire.Bytes;

/** Whether a contributor signed a statement. Thread-safe. */
@FunctionalInterface
public interface SignatureCheck {
  boolean signed(Contributor contributor, Bytes statement, Bytes signature);
}
