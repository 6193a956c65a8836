package dev.weir.runtime.kafka;

import java.nio.file.Path;

/** What carries the login and the messages. */
public sealed interface KafkaTransport {

  /** Plain text: for brokers on this machine only. */
  record Loopback() implements KafkaTransport {}

  /**
   * TLS, with the broker's name checked.
   *
   * @param trustedCertificates PEM file; nothing that others sign is trusted
   */
  record Tls(Path trustedCertificates) implements KafkaTransport {}
}
