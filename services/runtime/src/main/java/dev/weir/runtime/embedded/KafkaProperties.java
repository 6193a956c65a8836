package dev.weir.runtime.embedded;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The broker's configuration: one node, both listeners on loopback and both behind a password,
 * nothing allowed that no entry allows, no topic made by accident.
 */
final class KafkaProperties {
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private KafkaProperties() {}

  /** Secret: holds the broker's password. */
  static Properties of(KafkaSettings settings) {
    var properties = new Properties();
    properties.putAll(node(settings));
    properties.putAll(security(settings));
    properties.putAll(singleNode());
    return properties;
  }

  private static Map<String, String> node(KafkaSettings settings) {
    String host = "://" + LoopbackPorts.HOST + ":";
    String client = CLIENT_LISTENER + host + settings.port();
    String controller = CONTROLLER_LISTENER + host + settings.controllerPort();
    var node = new TreeMap<String, String>();
    node.put("process.roles", "broker,controller");
    node.put("node.id", Integer.toString(KafkaStorage.NODE_ID));
    node.put("listeners", client + "," + controller);
    node.put("advertised.listeners", client);
    node.put("controller.listener.names", CONTROLLER_LISTENER);
    node.put("inter.broker.listener.name", CLIENT_LISTENER);
    node.put(
        "controller.quorum.voters",
        KafkaStorage.NODE_ID + "@" + LoopbackPorts.HOST + ":" + settings.controllerPort());
    node.put("log.dirs", KafkaStorage.logDirectory(settings).toString());
    node.put("broker.session.timeout.ms", number(settings.timeouts().sessionMillis()));
    node.put("broker.heartbeat.interval.ms", number(settings.timeouts().heartbeatMillis()));
    node.put("controller.quorum.election.timeout.ms", "200");
    node.put("controller.quorum.fetch.timeout.ms", "400");
    return node;
  }

  private static Map<String, String> security(KafkaSettings settings) {
    String broker = settings.broker().username();
    String password = settings.broker().revealPassword();
    String login = " required username=\"" + broker + "\" password=\"" + password + "\"";
    var security = new TreeMap<String, String>();
    security.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER
            + (settings.tls().isPresent() ? ":SASL_SSL," : ":SASL_PLAINTEXT,")
            + CONTROLLER_LISTENER
            + ":SASL_PLAINTEXT");
    settings
        .tls()
        .ifPresent(pem -> {
          security.put("ssl.keystore.type", "PEM");
          security.put("ssl.keystore.location", pem.keyStore().toString());
          security.put("ssl.truststore.type", "PEM");
          security.put("ssl.truststore.location", pem.trusted().toString());
          security.put("ssl.enabled.protocols", "TLSv1.3");
        });
    security.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    security.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    security.put("listener.name.client.scram-sha-512.sasl.jaas.config", SCRAM + login + ";");
    // SCRAM credentials live in the metadata that the controller listener is needed to read.
    security.put("sasl.mechanism.controller.protocol", "PLAIN");
    security.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
    security.put(
        "listener.name.controller.plain.sasl.jaas.config",
        PLAIN + login + " user_" + broker + "=\"" + password + "\";");
    security.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    security.put("allow.everyone.if.no.acl.found", "false");
    security.put("super.users", "User:" + settings.admin().username() + ";User:" + broker);
    security.put("auto.create.topics.enable", "false");
    return security;
  }

  private static Map<String, String> singleNode() {
    return Map.ofEntries(
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));
  }

  private static String number(int value) {
    return Integer.toString(value);
  }
}
