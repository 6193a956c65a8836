package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** A connection that sends what it has byte by byte. */
final class SlowLine implements AutoCloseable {
  private final Socket socket;
  private final String slowly;
  private int sentBytes;

  /**
   * @param atOnce sent when the line opens
   * @param slowly sent by {@link #drip}
   */
  SlowLine(URI api, String atOnce, String slowly) throws IOException {
    this.socket = new Socket(api.getHost(), api.getPort());
    this.slowly = slowly;
    send(atOnce);
  }

  static SlowLine body(URI api, int bodyBytes) throws IOException {
    String head =
        """
        POST /v1/probe/slow-reader HTTP/1.1
        Host: probe
        Content-Type: application/octet-stream
        Connection: close
        Content-Length: %d

        """;
    return new SlowLine(
        api, head.formatted(bodyBytes).replace("\n", "\r\n"), "x".repeat(bodyBytes));
  }

  /** Sends a byte whenever nothing came for this long; returns all that came until the end. */
  String drip(Duration pause) throws IOException {
    socket.setSoTimeout((int) pause.toMillis());
    var received = new StringBuilder();
    while (true) {
      try {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return received.toString();
        }
        received.append((char) next);
      } catch (SocketTimeoutException e) {
        if (sentBytes < slowly.length()) {
          send(slowly.substring(sentBytes, sentBytes + 1));
          sentBytes++;
        }
      }
    }
  }

  int sentBytes() {
    return sentBytes;
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
