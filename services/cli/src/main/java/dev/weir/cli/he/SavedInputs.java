package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.query.sum.InputMessage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Signed inputs in a file: each with its length before it. */
final class SavedInputs {
  private static final int MOST_BYTES = 1 << 20;

  private SavedInputs() {}

  static void write(Path file, List<InputMessage.Input> inputs) throws IOException {
    try (var stream = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        var out = new DataOutputStream(new BufferedOutputStream(stream))) {
      for (var input : inputs) {
        byte[] bytes = input.toBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  static List<InputMessage> read(Path file) throws IOException {
    var inputs = new ArrayList<InputMessage>();
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
          throw broken(file);
        }
        inputs.add(InputMessage.read(in.readNBytes(length)).orElseThrow(() -> broken(file)));
      }
    } catch (EOFException e) {
      return inputs;
    }
  }

  private static CommandFault broken(Path file) {
    return new CommandFault(ExitCode.USAGE, file + " 不是已存的密文", file + " holds no saved inputs");
  }
}
