package dev.weir.he.wire;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates no more than expected: memory is taken for the bound, never for what a header claims.
 */
final class Inflation {
  /** 16 MiB of history; SEAL's own writer uses 2. */
  private static final int MAX_WINDOW_LOG = 24;

  private Inflation() {}

  /**
   * @param bound most bytes that the result may have
   * @throws WireException when it is longer, ends early, or something follows it
   */
  static ByteBuffer inflate(Compression compression, ByteBuffer stored, int bound) {
    return switch (compression) {
      case NONE -> {
        WireException.require(stored.remaining() <= bound);
        yield stored;
      }
      case ZLIB -> zlib(stored, bound);
      case ZSTD -> zstd(stored, bound);
    };
  }

  private static ByteBuffer zlib(ByteBuffer stored, int bound) {
    var inflater = new Inflater();
    try {
      inflater.setInput(stored);
      var out = new byte[bound];
      int length = 0;
      while (length < bound && !inflater.finished()) {
        int more = inflater.inflate(out, length, bound - length);
        WireException.require(more > 0 || inflater.finished());
        length += more;
      }
      // A stream that exactly fills the bound still has its checksum to come.
      WireException.require(inflater.finished() || inflater.inflate(new byte[1]) == 0);
      WireException.require(inflater.finished() && inflater.getRemaining() == 0);
      return ByteBuffer.wrap(out, 0, length);
    } catch (DataFormatException e) {
      throw new WireException();
    } finally {
      inflater.end();
    }
  }

  private static ByteBuffer zstd(ByteBuffer stored, int bound) {
    var bytes = new byte[stored.remaining()];
    stored.duplicate().get(bytes);
    var source = new ByteArrayInputStream(bytes);
    try (var stream = new ZstdInputStreamNoFinalizer(source).setLongMax(MAX_WINDOW_LOG)) {
      var out = stream.readNBytes(bound);
      WireException.require(ended(stream) && source.available() == 0);
      return ByteBuffer.wrap(out);
    } catch (IOException e) {
      throw new WireException();
    }
  }

  private static boolean ended(InputStream stream) throws IOException {
    return stream.read() < 0;
  }
}
