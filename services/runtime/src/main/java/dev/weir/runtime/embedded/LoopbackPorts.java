package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free TCP ports on 127.0.0.1. */
public final class LoopbackPorts {
  public static final String HOST = "127.0.0.1";

  private static final int LOWEST = 18_000;
  private static final int HIGHEST = 31_999;
  private static final int ATTEMPTS = 100;

  private LoopbackPorts() {}

  /**
   * A port nobody listens on now; another process may still take it before the caller does. It lies
   * below the range from which Linux gives ports to outgoing connections, any of which would
   * otherwise take it sooner or later.
   */
  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    return ofSystem();
  }

  private static int ofSystem() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      // A connection of the predecessor in TIME_WAIT does not make the port taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
