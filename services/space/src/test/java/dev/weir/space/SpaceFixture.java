package dev.weir.space;

import com.codahale.metrics.MetricRegistry;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.outbox.StatePublisher;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import dev.weir.space.change.Request;
import dev.weir.space.participant.Participants;
import dev.weir.space.participant.PartyKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A control plane on a database of its own, with parties, accounts and keys. */
public final class SpaceFixture implements AutoCloseable {
  public static final CreditCode DEPARTMENT = code("1133010000000001A");
  public static final CreditCode OPERATOR = code("91330100000000021");
  public static final CreditCode BUILDER = code("91330100000000032");
  public static final CreditCode STRANGER = code("91330100000000043");
  public static final CreditCode OTHER_DEPARTMENT = code("1133010000000005B");
  public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<String, Secret> PASSWORDS =
      DatabaseRoles.all().stream()
          .collect(Collectors.toMap(Function.identity(), role -> Secret.random(RANDOM)));

  public final Caller provider = caller("department-officer", DEPARTMENT, Role.PROVIDER);
  public final Caller provider2 = caller("department-officer-2", DEPARTMENT, Role.PROVIDER);
  public final Caller otherProvider = caller("other-officer", OTHER_DEPARTMENT, Role.PROVIDER);
  public final Caller operator = caller("operator-officer", OPERATOR, Role.OPERATOR);
  public final Caller reviewer = caller("operator-reviewer", OPERATOR, Role.REVIEWER);
  public final Caller registrar = caller("operator-registrar", OPERATOR, Role.OPERATOR);
  public final Caller builder = caller("builder-analyst", BUILDER, Role.CONSUMER);
  public final Caller stranger = caller("stranger-analyst", STRANGER, Role.CONSUMER);
  public final Caller auditor = caller("auditor", OPERATOR_AUDIT, Role.AUDITOR);
  public final Caller securityAdmin = caller("security-admin", OPERATOR, Role.SECURITY_ADMIN);
  public final Caller securityAdmin2 = caller("security-admin-2", OPERATOR, Role.SECURITY_ADMIN);
  private static final CreditCode OPERATOR_AUDIT = code("1133010000000009C");

  public final AtomicReference<Instant> now = new AtomicReference<>(START);
  public final InstantSource clock = now::get;
  public final Database database;
  public final SpaceParts parts;
  public final PolicyBundle bundle = PolicyBundle.load();
  private final Map<CreditCode, KeyPair> keys = new HashMap<>();
  private final Map<CreditCode, String> keyIds = new HashMap<>();
  private final String name;

  public SpaceFixture() {
    name = "space_" + UUID.randomUUID().toString().replace("-", "");
    createDatabase();
    database = Database.open(access("weir_space"), "space", 8, new MetricRegistry());
    var outbox = new Outbox("space", new OutboxSignal());
    var evidence = new EvidenceLog(outbox, "space");
    parts =
        SpaceParts.assemble(
            database,
            bundle,
            Duration.ofDays(30),
            new StatePublisher(outbox),
            evidence,
            new PostgresLedger(evidence, clock),
            clock,
            RANDOM);
  }

  /** Shared by all tests that only add to it; its clock stands still. */
  public static SpaceFixture shared() {
    return Shared.FIXTURE;
  }

  /** Made when first asked for. */
  private static final class Shared {
    static final SpaceFixture FIXTURE = populated();
  }

  /** With the five organisations registered, each with a key of the suite. */
  public static SpaceFixture populated() {
    var fixture = new SpaceFixture();
    fixture.register(DEPARTMENT, Role.PROVIDER);
    fixture.register(OTHER_DEPARTMENT, Role.PROVIDER);
    fixture.register(OPERATOR, Role.OPERATOR);
    fixture.register(BUILDER, Role.CONSUMER);
    fixture.register(STRANGER, Role.CONSUMER);
    fixture.registerKey(fixture.provider);
    fixture.registerKey(fixture.operator);
    fixture.registerKey(fixture.builder);
    fixture.registerKey(fixture.stranger);
    return fixture;
  }

  public void register(CreditCode code, Role role) {
    parts
        .participants()
        .register(
            request(securityAdmin, Operation.PARTICIPANT_REGISTER),
            new Participants.Registration(code, Bilingual.same("party " + code), Set.of(role)));
  }

  public void registerKey(Caller caller) {
    var pair = SigningSuite.GM.generate(RANDOM);
    var challenge =
        parts
            .keys()
            .challenge(
                request(caller, Operation.PARTICIPANT_KEY_REGISTER),
                caller.party(),
                new PartyKeys.KeyOffer("gm", base64(pair.getPublic().getEncoded())));
    keys.put(caller.party(), pair);
    keyIds.put(caller.party(), challenge.keyId());
    parts
        .keys()
        .register(
            request(caller, Operation.PARTICIPANT_KEY_REGISTER),
            caller.party(),
            new PartyKeys.KeyProof(
                challenge.id(),
                sign(caller.party(), Base64.getDecoder().decode(challenge.toSign()))));
  }

  public String keyId(CreditCode party) {
    return keyIds.get(party);
  }

  public String sign(CreditCode party, byte[] message) {
    return base64(SigningSuite.GM.sign(keys.get(party).getPrivate(), message, RANDOM));
  }

  public static Request request(Caller caller, Operation operation) {
    return Request.of(caller, operation, null, "", "");
  }

  public static CreditCode code(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  public static Caller caller(String subject, CreditCode party, Role... roles) {
    return new Caller(subject, subject, party, Set.of(roles));
  }

  public Connection superuser() throws SQLException {
    return Server.RUNNING.dataSource(name, Server.RUNNING.superuser()).getConnection();
  }

  /** One number that the superuser sees. */
  public long count(String sql) {
    try (var connection = superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    database.close();
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("drop database " + name + " with (force)");
    }
  }

  public DatabaseAccess access(String role) {
    return new DatabaseAccess(Server.RUNNING.jdbcUrl(name), role, PASSWORDS.get(role));
  }

  private void createDatabase() {
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try (var connection = superuser()) {
      DatabaseRoles.create(connection, PASSWORDS);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Migrations.migrate(access(DatabaseRoles.MIGRATION), "space");
  }

  private static Connection connect(String database) throws SQLException {
    return Server.RUNNING.dataSource(database, Server.RUNNING.superuser()).getConnection();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** One server for the whole test run. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        Path state = Files.createTempDirectory("weir-space-postgres-");
        Path cache = Path.of(System.getProperty("weir.root", "."), ".weir", "cache");
        var secrets = new SecretStore(state.resolve("secrets"), RANDOM);
        var server =
            EmbeddedPostgres.start(
                PostgresSettings.in(state, cache.toAbsolutePath(), LoopbackPorts.free(), secrets));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
