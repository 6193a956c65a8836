package dev.weir.runtime.kafka;

import dev.weir.runtime.secret.SecretAccess;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes Kafka clients of one service. Keys are strings, values Avro records through {@link
 * AvroSerde}. Producers wait for all replicas and are idempotent; consumers see committed records
 * only and never commit offsets on their own. Whoever asks for a client closes it. Thread-safe.
 */
public final class KafkaClients {
  private static final String MAX_REQUEST_BYTES = "1048576";

  private static final int MEMBER_SESSION_MILLIS = 15_000;

  /** A feed of a process that was killed goes on elsewhere after this time. */
  private static final int FEED_SESSION_MILLIS = 10_000;

  private static final int FEED_HEARTBEAT_MILLIS = 2_000;
  private static final int MEMBER_BATCH = 8;

  private final KafkaAccess access;
  private final SchemaIds schemaIds;
  private final AvroSerde serde;

  public KafkaClients(KafkaAccess access, SchemaIds schemaIds) {
    this.access = access;
    this.schemaIds = schemaIds;
    this.serde = new AvroSerde(schemaIds);
  }

  public KafkaProducer<String, Object> idempotentProducer() {
    return new KafkaProducer<>(producer(), new StringSerializer(), serde.serializer());
  }

  /**
   * @param transactionalId begins with the service's name; a later producer of the same id fences
   *     off an earlier one
   */
  public KafkaProducer<String, Object> transactionalProducer(String transactionalId) {
    var settings = producer();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return new KafkaProducer<>(settings, new StringSerializer(), serde.serializer());
  }

  /** For values that are framed already. */
  public KafkaProducer<String, byte[]> framedProducer() {
    return new KafkaProducer<>(producer(), new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * For bulk values that are framed already, in large compressed batches.
   *
   * @param transactionalId begins with the service's name; a later producer of the same id fences
   *     off an earlier one
   */
  public KafkaProducer<String, byte[]> transactionalFramedProducer(String transactionalId) {
    var settings = producer();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** A consumer without a group: assign partitions and seek. */
  public KafkaConsumer<String, Object> consumer() {
    return consumer(null);
  }

  /**
   * @param group begins with the service's name; null for none
   */
  public KafkaConsumer<String, Object> consumer(@Nullable String group) {
    return new KafkaConsumer<>(consuming(group), new StringDeserializer(), serde.deserializer());
  }

  /**
   * A member that keeps its partitions over a restart, and takes a few messages at a time.
   *
   * @param group begins with the service's name
   * @param member the same after each start, no two at once
   */
  public KafkaConsumer<String, Object> member(String group, String member) {
    var settings = consuming(group);
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, MEMBER_SESSION_MILLIS);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MEMBER_BATCH);
    return new KafkaConsumer<>(settings, new StringDeserializer(), serde.deserializer());
  }

  private Map<String, Object> consuming(@Nullable String group) {
    var settings = common();
    if (group != null) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, group == null ? "none" : "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    return settings;
  }

  /** Keys and values as they are. */
  public KafkaProducer<byte[], byte[]> bytesProducer() {
    return new KafkaProducer<>(producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * As {@link #bytesProducer()}, for a topic of the catalogue that takes larger messages.
   *
   * @param mostBytes of a message
   */
  public KafkaProducer<byte[], byte[]> bytesProducer(int mostBytes) {
    var settings = producer();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, mostBytes);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Keys and values as they are, committed ones only.
   *
   * @param group begins with the service's name
   */
  public KafkaConsumer<byte[], byte[]> bytesConsumer(String group) {
    var settings = consuming(group);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, FEED_SESSION_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, FEED_HEARTBEAT_MILLIS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** As {@link #bytesConsumer(String)} without a group: assign partitions and seek. */
  public KafkaConsumer<byte[], byte[]> bytesConsumer() {
    return new KafkaConsumer<>(
        consuming(null), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** How clients of other libraries reach the brokers; holds the password. */
  public Map<String, Object> connection() {
    return common();
  }

  public Admin admin() {
    return admin(access);
  }

  /** For whoever needs no schemas. */
  public static Admin admin(KafkaAccess access) {
    return Admin.create(common(access));
  }

  /**
   * How to reach the broker, for clients that this class does not make. Secret: holds the login.
   */
  public Map<String, Object> clientSettings() {
    return common();
  }

  public SchemaIds schemaIds() {
    return schemaIds;
  }

  public AvroSerde serde() {
    return serde;
  }

  private Map<String, Object> producer() {
    var settings = common();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    return settings;
  }

  private Map<String, Object> common() {
    return common(access);
  }

  private static Map<String, Object> common(KafkaAccess access) {
    var settings = new HashMap<String, Object>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, access.bootstrapServers());
    settings.putAll(transport(access.transport()));
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    settings.put(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512");
    settings.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(access));
    return settings;
  }

  private static Map<String, Object> transport(KafkaTransport transport) {
    return switch (transport) {
      case KafkaTransport.Loopback loopback ->
          Map.of(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
      case KafkaTransport.Tls tls ->
          Map.of(
              CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
              "SASL_SSL",
              SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
              "PEM",
              SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
              tls.trustedCertificates().toString(),
              SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
              "TLSv1.3");
    };
  }

  private static String jaas(KafkaAccess access) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + quoted(access.username())
        + "\" password=\""
        + quoted(access.password().reveal(SecretAccess.BROKER_LOGIN))
        + "\";";
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
