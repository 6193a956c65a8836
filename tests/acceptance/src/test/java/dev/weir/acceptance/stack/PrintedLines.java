package dev.weir.acceptance.stack;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Everything this JVM printed since the services started, logs above all, exactly as a log shipper
 * would read it. Thread-safe.
 */
public final class PrintedLines {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  private PrintedLines() {}

  static PrintedLines keep() {
    var lines = new PrintedLines();
    PrintStream before = System.out;
    System.setOut(new PrintStream(lines.tee(before), true, StandardCharsets.UTF_8));
    return lines;
  }

  public String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  private OutputStream tee(PrintStream before) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        kept.write(one);
        before.write(one);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, length);
        before.write(bytes, offset, length);
      }

      @Override
      public void flush() {
        before.flush();
      }
    };
  }
}
