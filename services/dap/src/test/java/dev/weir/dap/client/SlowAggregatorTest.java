package dev.weir.dap.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An aggregator that keeps whoever asks: with an answer that does not end. */
class SlowAggregatorTest {
  private static final int MIB = 1 << 20;

  private final CountDownLatch over = new CountDownLatch(1);
  private Optional<HttpServer> server = Optional.empty();

  private HttpAggregator aggregator(Duration patience, HttpHandler handler) throws IOException {
    var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server = Optional.of(started);
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.createContext("/", handler);
    started.start();
    return new HttpAggregator(
        HttpClient.newHttpClient(),
        URI.create("http://127.0.0.1:" + started.getAddress().getPort()),
        Optional::empty,
        patience);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.ifPresent(started -> started.stop(0));
  }

  @Test
  @Timeout(30)
  void bodyThatComesAByteAtATime_isNotWaitedFor() throws IOException {
    var slow =
        aggregator(
            Duration.ofSeconds(1),
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try {
                for (boolean on = true; on; on = !over.await(50, MILLISECONDS)) {
                  exchange.getResponseBody().write(1);
                  exchange.getResponseBody().flush();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(slow::key)
        .isInstanceOfSatisfying(DapAnswerException.class, e -> assertThat(e.isPassing()).isTrue());
  }

  /** Of an answer, and of a refusal. */
  @Test
  @Timeout(60)
  void bodyWithoutEnd_isCutOff() throws IOException {
    for (int status : new int[] {200, 500}) {
      var sent = new AtomicLong();
      var endless =
          aggregator(
              Duration.ofSeconds(20),
              exchange -> {
                exchange.sendResponseHeaders(status, 0);
                var some = new byte[MIB];
                while (sent.addAndGet(MIB) < 1L << 30) {
                  exchange.getResponseBody().write(some);
                }
              });
      assertThatThrownBy(endless::key)
          .isInstanceOfSatisfying(
              DapAnswerException.class, e -> assertThat(e.isPassing()).isTrue());
      assertThat(sent.get()).as("bytes on the way").isLessThan(64L * MIB);
      server.ifPresent(started -> started.stop(0));
    }
  }
}
