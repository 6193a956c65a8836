package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** A client that sends its body only once the answer has begun to come, and reads it then. */
final class LateBody {
  private static final int CHUNK_BYTES = 64 << 10;

  private LateBody() {}

  /**
   * @return the whole answer
   * @throws IOException when the connection ended before it was read
   */
  static String answer(URI api, String path, int bodyBytes) throws IOException {
    try (var socket = new Socket(api.getHost(), api.getPort())) {
      socket.setSoTimeout(60_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
      socket.getOutputStream().write(head.formatted(path, bodyBytes).getBytes(UTF_8));
      var first = new byte[] {(byte) socket.getInputStream().read()};
      for (int sent = 0; sent < bodyBytes; sent += CHUNK_BYTES) {
        socket.getOutputStream().write(new byte[Math.min(CHUNK_BYTES, bodyBytes - sent)]);
      }
      return new String(first, UTF_8) + new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
