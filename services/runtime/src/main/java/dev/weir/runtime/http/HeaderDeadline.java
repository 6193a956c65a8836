package dev.weir.runtime.http;

import dev.weir.kernel.Bilingual.Language;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections that begin a request and do not finish its headers within ten seconds. Jetty's
 * idle timeout begins anew with every byte, so that eight kibibytes of headers could hold a
 * connection for a day. Thread-safe.
 */
final class HeaderDeadline extends AbstractLifeCycle implements Connection.Listener {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int TOO_SLOW = 408;

  private final Scheduler scheduler;
  private final LongSupplier nanoTime;
  private final Map<Connection, HeaderWait> open = new ConcurrentHashMap<>();

  HeaderDeadline(Scheduler scheduler, LongSupplier nanoTime) {
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
  }

  @Override
  protected void doStart() {
    sweepLater();
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new HeaderWait());
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** The headers of a request are complete. */
  void begins(Connection connection) {
    var wait = open.get(connection);
    if (wait != null) {
      wait.begins();
    }
  }

  /** The request was answered. */
  void ends(Connection connection) {
    var wait = open.get(connection);
    if (wait != null) {
      wait.ends(connection.getBytesIn());
    }
  }

  private void sweepLater() {
    scheduler.schedule(this::sweep, 1, TimeUnit.SECONDS);
  }

  private void sweep() {
    long now = nanoTime.getAsLong();
    open.forEach((connection, wait) -> {
      if (wait.waitedNanos(connection.getBytesIn(), now) > LIMIT_NANOS
          && open.remove(connection) != null) {
        refuse(connection);
      }
    });
    if (isRunning()) {
      sweepLater();
    }
  }

  /** Nobody else writes: no request of the connection has begun. */
  private static void refuse(Connection connection) {
    byte[] body = Problem.ofStatus(TOO_SLOW).json(Language.EN, UUID.randomUUID().toString());
    var headers = HttpFields.build();
    ProblemWriter.secure(headers);
    headers.put("Content-Type", Problem.MEDIA_TYPE);
    headers.put("Content-Length", Integer.toString(body.length));
    headers.put("Connection", "close");
    var head = new StringBuilder("HTTP/1.1 408 Request Timeout\r\n");
    for (HttpField field : headers) {
      head.append(field.getName()).append(": ").append(field.getValue()).append("\r\n");
    }
    var endPoint = connection.getEndPoint();
    endPoint.write(
        Callback.from(endPoint::close),
        ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII)),
        ByteBuffer.wrap(body));
  }
}
