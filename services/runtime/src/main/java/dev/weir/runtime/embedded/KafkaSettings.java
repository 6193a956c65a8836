package dev.weir.runtime.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Where an embedded Kafka broker keeps what, and who may speak to it.
 *
 * @param directory holds the log directories, the configuration and the process mark
 * @param log standard output of a broker that runs as a child process
 * @param port for clients, on 127.0.0.1
 * @param controllerPort for the broker itself, on 127.0.0.1, with a password of its own
 * @param admin may do everything; creates topics and access control entries
 * @param broker the broker's own principal, between its listeners
 * @param users further principals; they may do nothing until an entry allows it
 * @param timeouts how soon a silent broker counts as gone
 * @param tls with it clients and the broker itself speak TLS
 */
public record KafkaSettings(
    Path directory,
    Path log,
    int port,
    int controllerPort,
    Credentials admin,
    Credentials broker,
    List<Credentials> users,
    Timeouts timeouts,
    Optional<Certificates> tls) {
  public static final String ADMIN = "admin";
  public static final String BROKER = "broker";

  public KafkaSettings {
    users = List.copyOf(users);
  }

  /** Everything inside one directory: {@code kafka/}, {@code logs/} and {@code secrets/}. */
  public static KafkaSettings in(
      Path state, int port, int controllerPort, SecretStore secrets, List<String> users) {
    return new KafkaSettings(
        state.resolve("kafka"),
        state.resolve("logs").resolve("kafka.log"),
        port,
        controllerPort,
        secrets.of("kafka", ADMIN),
        secrets.of("kafka", BROKER),
        users.stream().map(user -> secrets.of("kafka", user)).toList(),
        Timeouts.ORDINARY,
        Optional.empty());
  }

  /** A broker of one test: new passwords, free ports, quick to come back. */
  public static KafkaSettings temporary(Path directory, List<String> users) {
    var secrets = new SecretStore(directory.resolve("secrets"), new SecureRandom());
    return in(directory, LoopbackPorts.free(), LoopbackPorts.free(), secrets, users)
        .with(Timeouts.FAST_RESTART);
  }

  public KafkaSettings with(Timeouts other) {
    return new KafkaSettings(
        directory, log, port, controllerPort, admin, broker, users, other, tls);
  }

  public KafkaSettings with(Certificates certificates) {
    return new KafkaSettings(
        directory,
        log,
        port,
        controllerPort,
        admin,
        broker,
        users,
        timeouts,
        Optional.of(certificates));
  }

  /**
   * PEM files.
   *
   * @param keyStore the broker's private key, not encrypted, and its certificate
   * @param trusted who signs certificates that clients and the broker believe
   */
  public record Certificates(Path keyStore, Path trusted) {}

  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  /**
   * After kill -9 a broker may register again only when its former session has run out; a short
   * session fences itself on a machine that is busy for as long.
   */
  public enum Timeouts {
    /** Kafka's own 9 s: back 11 to 14 s after kill -9, calm under load. */
    ORDINARY(9_000, 2_000),
    /** 3 s: for the one run that mends a killed broker's state. */
    AFTER_KILL(3_000, 500),
    /** 1.5 s: back within 3 s after kill -9; for tests and for mending, not for load. */
    FAST_RESTART(1_500, 250);

    private final int sessionMillis;
    private final int heartbeatMillis;

    Timeouts(int sessionMillis, int heartbeatMillis) {
      this.sessionMillis = sessionMillis;
      this.heartbeatMillis = heartbeatMillis;
    }

    int sessionMillis() {
      return sessionMillis;
    }

    int heartbeatMillis() {
      return heartbeatMillis;
    }
  }
}
