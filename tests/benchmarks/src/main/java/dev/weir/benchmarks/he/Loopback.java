package dev.weir.benchmarks.he;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Executors;

/** The same cells through a socket of this machine: the fastest download there is. */
final class Loopback {
  private static final int PIECE = 1 << 16;

  private Loopback() {}

  static double millis(List<long[]> measures) throws Exception {
    try (var server = ServerSocketChannel.open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var sent = threads.submit(() -> send(server, measures));
      long start = System.nanoTime();
      long received = receive(server);
      double millis = (System.nanoTime() - start) / 1e6;
      if (received != sent.get()) {
        throw new IllegalStateException("not all cells arrived");
      }
      return millis;
    }
  }

  private static long send(ServerSocketChannel server, List<long[]> measures) throws IOException {
    long bytes = 0;
    try (var socket = server.accept()) {
      var piece = ByteBuffer.allocateDirect(PIECE);
      for (var cells : measures) {
        for (int from = 0; from < cells.length; from += PIECE / Long.BYTES) {
          int count = Math.min(PIECE / Long.BYTES, cells.length - from);
          piece.clear().asLongBuffer().put(cells, from, count);
          piece.limit(count * Long.BYTES);
          while (piece.hasRemaining()) {
            bytes += socket.write(piece);
          }
        }
      }
    }
    return bytes;
  }

  private static long receive(ServerSocketChannel server) throws IOException {
    try (var socket = SocketChannel.open(server.getLocalAddress())) {
      var piece = ByteBuffer.allocateDirect(PIECE);
      long bytes = 0;
      for (int read = socket.read(piece); read >= 0; read = socket.read(piece.clear())) {
        bytes += read;
      }
      return bytes;
    }
  }
}
