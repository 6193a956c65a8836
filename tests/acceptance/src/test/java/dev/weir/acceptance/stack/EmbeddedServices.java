// Longer than 400 lines: the one place where all services are put together for tests.
package dev.weir.acceptance.stack;

import com.codahale.metrics.MetricRegistry;
import dev.weir.audit.AuditApplication;
import dev.weir.intake.IntakeApplication;
import dev.weir.query.QueryApplication;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.plan.check.Verdict;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.space.SpaceApplication;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.TestService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Space, intake, query and audit started from their configurations in this JVM, on a real broker
 * and a real database, believing a local issuer. Longer than 400 lines because every service's
 * start shares the same parts. Confined to one test at a time.
 */
public final class EmbeddedServices implements AutoCloseable {
  private final Path root;
  private final PrintedLines printed = PrintedLines.keep();
  private final SecretStore secrets;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final LocalIssuer issuer = LocalIssuer.start();
  private final TestService space;
  private final TestService audit;
  private final TestService intake;
  private final Database asSpace;
  private TestService query;

  private EmbeddedServices(Path root) throws Exception {
    this.root = root;
    this.secrets = new SecretStore(root.resolve("secrets"), new SecureRandom());
    this.postgres = EmbeddedPostgres.start(PostgresSettings.temporary(root));
    createRoles();
    this.kafka =
        EmbeddedKafka.startInProcess(
            KafkaSettings.temporary(root.resolve("broker"), TopicCatalogue.load().principals())
                .with(KafkaSettings.Timeouts.ORDINARY));
    try (var admin = kafka.admin()) {
      TopicCatalogue.load().ensureTopics(admin);
      TopicCatalogue.load().ensureAccess(admin);
    }
    this.space =
        TestService.start(
            new SpaceApplication(), "space", issuer, configuration("space", "http://127.0.0.1:1"));
    this.audit = start("audit");
    this.intake = start("intake");
    this.query = start("query");
    this.asSpace = Database.open(access("weir_space"), "space", 2, new MetricRegistry());
  }

  static EmbeddedServices start() {
    try {
      return new EmbeddedServices(Files.createTempDirectory("weir-acceptance-"));
    } catch (Exception e) {
      throw new IllegalStateException("the services did not start", e);
    }
  }

  /** All four by name. */
  public Map<String, TestService> all() {
    var services = new LinkedHashMap<String, TestService>();
    services.put("space", space);
    services.put("audit", audit);
    services.put("intake", intake);
    services.put("query", query);
    return services;
  }

  public TestService space() {
    return space;
  }

  public TestService intake() {
    return intake;
  }

  public TestService query() {
    return query;
  }

  public TestService audit() {
    return audit;
  }

  /** What all services logged. */
  public PrintedLines printed() {
    return printed;
  }

  public LocalIssuer issuer() {
    return issuer;
  }

  /** The control plane's side of contracts, without its forms. */
  public ControlPlane controlPlane() {
    return new ControlPlane(asSpace);
  }

  /** Stops the query service and starts it again on the same state. */
  public void restartQuery() {
    query.close();
    query = start("query");
  }

  /** A further query service on a directory of its own, with other keys in its configuration. */
  public TestService startQuery(Map<String, ?> more) {
    return startQuery(new QueryApplication(), more);
  }

  /** A further query service that releases every exact answer whatever was answered before. */
  public TestService startQueryWithoutDifferencingCheck() {
    CohortCheck none = (mine, earlier, minGroup, engine) -> Verdict.SAFE;
    return startQuery(new QueryApplication(none), Map.of());
  }

  private TestService startQuery(QueryApplication application, Map<String, ?> more) {
    var keys = new LinkedHashMap<>(configuration("query", registry()));
    keys.put("directory", root.resolve("query-" + java.util.UUID.randomUUID()).toString());
    keys.putAll(more);
    return TestService.start(application, "query", issuer, keys);
  }

  /** The broker as one of the services sees it. */
  public KafkaClients kafka(String service) {
    var access =
        new KafkaAccess(
            kafka.bootstrapServers(), service, Secret.read(kafka.user(service).passwordFile()));
    var base = URI.create(registry().replaceAll("/$", "") + "/apis/ccompat/v7");
    return new KafkaClients(access, new HttpSchemaRegistry(base, access));
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The file with a login's password. */
  public Path brokerPassword(String login) {
    return kafka.user(login).passwordFile();
  }

  /**
   * An aggregator with a database, keys and lanes of its own.
   *
   * @param role leader or helper
   */
  public TestService startAggregator(String role, Map<String, ?> more, InstantSource clock) {
    return startAggregator(new WatchedAggregator(clock), role, more);
  }

  /** The same, with its figures at hand. */
  public TestService startAggregator(
      WatchedAggregator application, String role, Map<String, ?> more) {
    return TestService.start(application, role, issuer, aggregator(role, more));
  }

  /** A further instance of an aggregator, in a process of its own that can be killed. */
  public ServiceProcess spawnAggregator(String role, Map<String, ?> more) {
    return ServiceProcess.start(TestService.configuration(role, issuer, aggregator(role, more)));
  }

  /** The custodian of sums with a database of its own. */
  public TestService startCustodian(Map<String, ?> more) {
    var keys = elsewhere("custodian");
    keys.putAll(more);
    return TestService.start(
        new dev.weir.query.sum.custody.CustodianApplication(), "custodian", issuer, keys);
  }

  /** The configuration of another operator's service. */
  private Map<String, Object> elsewhere(String service) {
    var keys = new LinkedHashMap<>(configuration(service, registry()));
    var database = new LinkedHashMap<>(database(service));
    database.put("jdbcUrl", postgres.jdbcUrl(ownDatabase(service)));
    keys.put("database", database);
    return keys;
  }

  private Map<String, Object> aggregator(String role, Map<String, ?> more) {
    var keys = elsewhere(role);
    keys.put("role", role.toUpperCase(java.util.Locale.ROOT));
    if (role.equals("helper")) {
      keys.put("leaderParty", ControlPlane.OPERATOR.value());
    }
    keys.put("commitEvery", "PT0.1S"); // fewer reports at a time, sooner
    keys.put("keys", root.resolve(role + "-keys").toString());
    keys.put("state", root.resolve(role + "-lanes-" + java.util.UUID.randomUUID()).toString());
    keys.putAll(more);
    return keys;
  }

  /** The broker's administrator; closed by the caller. */
  public Admin brokerAdmin() {
    return kafka.admin();
  }

  /** Client properties of the broker's administrator, as a command line takes them. */
  public String adminProperties() {
    var properties = new StringBuilder();
    kafka
        .clientProperties(kafka.settings().admin())
        .forEach((key, value) -> properties.append(key).append('=').append(value).append('\n'));
    return properties.toString();
  }

  /** Runs a query as the owner of an aggregator's database; the first column of the first row. */
  public String ask(String role, String sql) {
    try (var connection =
            postgres.dataSource("weir_" + role, postgres.superuser()).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of every row, as text; bytes are in hexadecimal. */
  public List<String> askAll(String role, String sql) {
    try (var connection =
            postgres.dataSource("weir_" + role, postgres.superuser()).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(String.valueOf(rows.getString(1)));
      }
      return all;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement as the owner of an aggregator's database. */
  public void change(String role, String sql) {
    try (var connection =
            postgres.dataSource("weir_" + role, postgres.superuser()).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement with the very rights that an aggregator has. */
  public int changeAs(String role, String sql) {
    String user = DatabaseRoles.application(role);
    var login = new DatabaseAccess(postgres.jdbcUrl("weir_" + role), user, access(user).password());
    try (var database = Database.open(login, role, 1, new MetricRegistry())) {
      return database.asService("change", handle -> handle.execute(sql));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String ownDatabase(String role) {
    String name = "weir_" + role;
    try (var connection = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = connection.createStatement()) {
      var found = statement.executeQuery("select from pg_database where datname = '" + name + "'");
      if (!found.next()) {
        statement.execute("create database " + name);
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    createRoles(name, List.of(role));
    return name;
  }

  /** The first column of every row of the services' own database, as its owner reads it. */
  public List<String> stored(String sql) {
    try (var connection = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(String.valueOf(rows.getString(1)));
      }
      return all;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement as the database's owner, to look at or break what is stored. */
  public void asSuperuser(String sql) {
    try (var connection = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads committed messages of every topic, as the broker's administrator; the caller closes it.
   */
  public KafkaConsumer<String, byte[]> consumer() {
    var settings = new HashMap<>(kafka.clientProperties(kafka.settings().admin()));
    settings.put("isolation.level", "read_committed");
    settings.put("max.poll.records", 20_000);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Writes a text to a topic of its own, as somebody careless would. */
  public void publish(String topic, String text) {
    var settings = new HashMap<>(kafka.clientProperties(kafka.settings().admin()));
    try (var admin = kafka.admin();
        var producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>(topic, text)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestService start(String service) {
    var application =
        switch (service) {
          case "audit" -> new AuditApplication();
          case "intake" -> new IntakeApplication();
          case "query" -> new QueryApplication();
          default -> throw new IllegalArgumentException(service);
        };
    return TestService.start(application, service, issuer, configuration(service, registry()));
  }

  private String registry() {
    return space.running().api().toString();
  }

  private Map<String, Object> configuration(String service, String registry) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("database", database(service));
    keys.put(
        "kafka",
        Map.of(
            "bootstrapServers",
            kafka.bootstrapServers(),
            "username",
            service,
            "passwordFile",
            kafka.user(service).passwordFile().toString(),
            "registryUrl",
            registry.replaceAll("/$", "") + "/apis/ccompat/v7"));
    var directory = root.resolve(service).toString();
    switch (service) {
      case "audit" ->
          keys.put(
              "log",
              Map.of(
                  "directory",
                  directory,
                  "keys",
                  root.resolve("audit-keys").toString(),
                  "origin",
                  "weir.example/log"));
      case "intake" -> keys.put("domainDirectory", directory);
      case "query" -> {
        keys.put("directory", directory);
        keys.put("engineMemoryMegabytes", 256);
        keys.put("engineThreads", 1);
        keys.put("timeLimit", "PT30S");
        keys.put("tileShare", "256KiB"); // so that cells of two blocks are shared
      }
      default -> {}
    }
    return keys;
  }

  private Map<String, Object> database(String service) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("jdbcUrl", postgres.jdbcUrl("postgres"));
    user(keys, "application", DatabaseRoles.application(service));
    user(keys, "migration", DatabaseRoles.migration(service));
    user(keys, "relay", DatabaseRoles.relay(service));
    return keys;
  }

  private void user(Map<String, Object> keys, String purpose, String role) {
    keys.put(purpose + "User", role);
    keys.put(purpose + "PasswordFile", secrets.of("postgres", role).passwordFile().toString());
  }

  private DatabaseAccess access(String role) {
    return new DatabaseAccess(
        postgres.jdbcUrl("postgres"),
        role,
        Secret.read(secrets.of("postgres", role).passwordFile()));
  }

  private void createRoles() {
    createRoles("postgres", DatabaseRoles.SERVICES);
  }

  private void createRoles(String database, List<String> services) {
    var passwords = new HashMap<String, Secret>();
    for (String role : DatabaseRoles.all()) {
      passwords.put(role, access(role).password());
    }
    try (var superuser = postgres.dataSource(database, postgres.superuser()).getConnection()) {
      DatabaseRoles.create(superuser, passwords, services);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (TestService service : new ArrayList<>(List.of(query, intake, audit, space))) {
      service.close();
    }
    closeQuietly(asSpace);
    kafka.close();
    issuer.close();
    postgres.close();
    removeFiles();
  }

  private void removeFiles() throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void closeQuietly(AutoCloseable part) throws IOException {
    try {
      part.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
