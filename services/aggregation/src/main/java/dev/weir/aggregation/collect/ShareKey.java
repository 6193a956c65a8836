package dev.weir.aggregation.collect;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/** Which collection a message between aggregators is about. Immutable. */
record ShareKey(TaskId task, CollectionId collection) implements WireMessage {
  static ShareKey of(byte[] key) {
    return WireReader.whole(
        key,
        in -> {
          var task = TaskId.read(in);
          Bytes collection = in.raw(2 * Long.BYTES);
          return new ShareKey(task, CollectionId.of(collection));
        });
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(task).raw(collection.bytes());
  }
}
