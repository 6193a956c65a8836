package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decides the encoding of a text file by validating every byte of it: the declared encoding, or
 * UTF-8, or GB18030. A file that is valid in none is refused instead of being read with replacement
 * characters.
 */
final class CsvEncoding {
  static final Charset GB18030 = Charset.forName("GB18030");
  private static final int BUFFER = 64 << 10;

  private CsvEncoding() {}

  static Charset of(Path file, Reading reading) {
    if (reading.encoding().isPresent()) {
      Charset declared = Charset.forName(reading.encoding().get());
      if (!isValid(file, declared)) {
        throw new ReadFaultException(ReadFault.WRONG_ENCODING);
      }
      return declared;
    }
    if (isValid(file, StandardCharsets.UTF_8)) {
      return StandardCharsets.UTF_8;
    }
    if (isValid(file, GB18030)) {
      return GB18030;
    }
    throw new ReadFaultException(ReadFault.UNKNOWN_ENCODING);
  }

  private static boolean isValid(Path file, Charset charset) {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var bytes = ByteBuffer.allocate(BUFFER);
    var chars = CharBuffer.allocate(BUFFER);
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (read < 0) {
        throw new ReadFaultException(ReadFault.EMPTY);
      }
      while (read >= 0) {
        refuseZeroBytes(bytes.array(), bytes.position(), read);
        bytes.position(bytes.position() + read).flip();
        while (true) {
          var result = decoder.decode(bytes, chars, false);
          chars.clear();
          if (result.isError()) {
            return false;
          }
          if (result.isUnderflow()) {
            break;
          }
        }
        bytes.compact();
        read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      }
      return !decoder.decode(bytes.flip(), chars, true).isError();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseZeroBytes(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (bytes[i] == 0) {
        throw new ReadFaultException(ReadFault.NOT_TEXT);
      }
    }
  }
}
