package dev.weir.cli.stack;

import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.sql.DatabaseRoles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The secrets that {@code deploy/compose.yaml} names, one file each, in a directory of mode 0700:
 * passwords, the broker's certificate, and the files of broker and identity server that hold one.
 * What is there stays. Confined to one thread.
 */
final class DeploySecrets {
  private static final Pattern CLIENT = Pattern.compile("\\$\\{secret\\.([a-z0-9-]+)}");
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(825);
  private static final int PASSWORD_BYTES = 24;

  private final Path directory;
  private final SecureRandom random;

  DeploySecrets(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /**
   * @param realm the realm as code, with a place for each client's secret
   */
  void write(String realm) throws IOException, GeneralSecurityException, OperatorCreationException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (String name : passwordFiles()) {
      password(name);
    }
    put("kafka-cluster-id", Uuid.randomUuid().toString());
    certificate();
    put("kafka.properties", broker(password("kafka-broker")));
    put("keycloak.conf", identity(password("postgres-keycloak"), password("keycloak-admin")));
    put(
        "weir-realm.json",
        CLIENT.matcher(realm).replaceAll(match -> password("client-" + match.group(1))));
  }

  private static List<String> passwordFiles() {
    var names = new ArrayList<>(List.of("postgres-postgres", "kafka-admin"));
    DatabaseRoles.all().forEach(role -> names.add("postgres-" + role));
    TopicCatalogue.load().principals().forEach(service -> names.add("kafka-" + service));
    return names;
  }

  private String password(String name) {
    var bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    try {
      put(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      return Files.readString(directory.resolve(name)).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void put(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, content);
      // The directory keeps others out; inside a container another user must read the file.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    }
  }

  private void certificate()
      throws IOException, GeneralSecurityException, OperatorCreationException {
    if (Files.exists(directory.resolve("kafka-keystore.pem"))) {
      return;
    }
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    var pair = generator.generateKeyPair();
    var name = new X500Name("CN=kafka");
    var now = Instant.now();
    var certificate =
        new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, random),
                Date.from(now),
                Date.from(now.plus(CERTIFICATE_LIFE)),
                name,
                pair.getPublic())
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                    new GeneralName[] {
                      new GeneralName(GeneralName.dNSName, "kafka"),
                      new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                    }))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    String shown = pem("CERTIFICATE", certificate.getEncoded());
    put("kafka-trusted.pem", shown);
    put("kafka-keystore.pem", pem("PRIVATE KEY", pair.getPrivate().getEncoded()) + shown);
  }

  private static String pem(String type, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  private static String broker(String password) {
    return """
    process.roles=broker,controller
    node.id=1
    listeners=CLIENT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093
    advertised.listeners=CLIENT://kafka:9092
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=CLIENT
    controller.quorum.voters=1@127.0.0.1:9093
    log.dirs=/var/lib/kafka/data
    listener.security.protocol.map=CLIENT:SASL_SSL,CONTROLLER:SASL_PLAINTEXT
    ssl.keystore.type=PEM
    ssl.keystore.location=/run/secrets/kafka-keystore.pem
    ssl.truststore.type=PEM
    ssl.truststore.location=/run/secrets/kafka-trusted.pem
    ssl.enabled.protocols=TLSv1.3
    sasl.enabled.mechanisms=SCRAM-SHA-512
    sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
    sasl.mechanism.controller.protocol=PLAIN
    listener.name.controller.sasl.enabled.mechanisms=PLAIN
    listener.name.client.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="broker" password="%1$s";
    listener.name.controller.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password="%1$s" user_broker="%1$s";
    authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
    allow.everyone.if.no.acl.found=false
    super.users=User:admin;User:broker
    auto.create.topics.enable=false
    offsets.topic.replication.factor=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    """
        .formatted(password);
  }

  private static String identity(String databasePassword, String administratorSecret) {
    return """
    db=postgres
    db-url=jdbc:postgresql://postgres:5432/keycloak
    db-username=keycloak
    db-password=%s
    bootstrap-admin-client-id=weir-bootstrap
    bootstrap-admin-client-secret=%s
    http-enabled=true
    hostname=http://keycloak:8080
    health-enabled=true
    cache=local
    """
        .formatted(databasePassword, administratorSecret);
  }
}
