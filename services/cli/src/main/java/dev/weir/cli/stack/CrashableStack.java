package dev.weir.cli.stack;

import dev.weir.runtime.embedded.Credentials;
import dev.weir.runtime.embedded.FileLocks;
import dev.weir.runtime.embedded.Progress;
import dev.weir.runtime.embedded.SecretStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stack of separate processes, each of which can be killed and started again. Confined to one
 * thread, but {@link #close} may come from another.
 */
public final class CrashableStack implements AutoCloseable {
  private static final Duration DEATH = Duration.ofSeconds(30);

  private final StackState state;
  private final FileLocks.Held lock;
  private final Stack stack;
  private final Thread interrupted;

  private CrashableStack(StackState state, FileLocks.Held lock, Stack stack) {
    this.state = state;
    this.lock = lock;
    this.stack = stack;
    this.interrupted = new Thread(stack::close, "stop the campaign's stack");
  }

  /**
   * Starts everything over an empty state; returns once all of it answers.
   *
   * @throws IllegalStateException when another launcher runs this state
   */
  public static CrashableStack startAfresh(StackState state, Progress progress) {
    new StackControl(state).forget();
    var lock =
        FileLocks.tryHold(state.lock())
            .orElseThrow(() -> new IllegalStateException("another launcher runs this state"));
    var stack = new Stack(state, new StackOptions(true, true), progress);
    var crashable = new CrashableStack(state, lock, stack);
    Runtime.getRuntime().addShutdownHook(crashable.interrupted);
    try {
      stack.start();
    } catch (RuntimeException e) {
      crashable.close();
      throw e;
    }
    return crashable;
  }

  /** What can be killed: every service, the witness, the database, the broker and Keycloak. */
  public static List<String> parts() {
    var parts = new ArrayList<String>();
    for (Service service : Service.values()) {
      parts.add(service.id());
    }
    parts.addAll(List.of(Witness.NAME, StackPorts.POSTGRES, StackPorts.KAFKA, StackPorts.KEYCLOAK));
    return List.copyOf(parts);
  }

  /** Ends a part with SIGKILL; returns once it is gone. */
  public void kill(String part) {
    var process = stack.process(part);
    process.destroyForcibly();
    try {
      process.onExit().get(DEATH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(part + " outlives SIGKILL", e);
    }
  }

  /**
   * Starts a killed part again; returns once it answers.
   *
   * @throws IllegalStateException when the stack does not see that the part has ended, so that
   *     {@code up} would not mend it either
   */
  public void restart(String part) {
    if (!stack.ended().equals(List.of(part))) {
      throw new IllegalStateException(part + " was killed, but ended are " + stack.ended());
    }
    stack.restart(part);
  }

  public StackState state() {
    return state;
  }

  public String jdbcUrl() {
    int port = ports().port(StackPorts.POSTGRES);
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + Places.DATABASE;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + ports().port(StackPorts.KAFKA);
  }

  /** Who may read every table. */
  public Credentials databaseReader() {
    return secrets().of("postgres", "postgres");
  }

  /** Who may read every topic. */
  public Credentials topicReader() {
    return secrets().of("kafka", "admin");
  }

  /** Where the services show their metrics. */
  public List<URI> metrics() {
    var addresses = new ArrayList<URI>();
    for (Service service : Service.values()) {
      addresses.add(ports().address(StackPorts.admin(service)).resolve("/metrics"));
    }
    return List.copyOf(addresses);
  }

  private StackPorts ports() {
    return StackPorts.read(state.directory());
  }

  private SecretStore secrets() {
    return new SecretStore(state.secrets(), new SecureRandom());
  }

  @Override
  public void close() {
    stack.close();
    lock.close();
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does its work.
    }
  }
}
