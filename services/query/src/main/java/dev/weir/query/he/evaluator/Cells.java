package dev.weir.query.he.evaluator;

import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Which cells are meant.
 *
 * @param key names them over all their epochs
 * @param root digest of the epoch that is asked about
 */
public record Cells(String key, String root, CellLayout layout) {

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(key);
    out.writeUTF(root);
    out.writeUTF(layout.parameters().label());
    out.writeInt(layout.keys());
    out.writeInt(layout.measures());
    out.writeInt(layout.cellBits());
  }

  static Cells read(DataInputStream in) throws IOException {
    return new Cells(
        in.readUTF(),
        in.readUTF(),
        new CellLayout(
            HeParameters.named(in.readUTF()).orElseThrow(IOException::new),
            in.readInt(),
            in.readInt(),
            in.readInt()));
  }
}
