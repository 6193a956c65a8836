package dev.weir.runtime.sql;

import dev.weir.runtime.secret.SecretAccess;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings a database forward as the migration role: first what all services share (the functions of
 * the policies, the ledger), then the service's own schema with its outbox. Safe to run from
 * several services at once; Flyway takes a lock for each schema.
 */
public final class Migrations {
  private static final String HISTORY = "flyway_schema_history";

  private Migrations() {}

  /**
   * @param access as the migration role
   * @param service schema of that name, migrations in {@code classpath:db/<service>}
   */
  public static void migrate(DatabaseAccess access, String service) {
    migrate(access, service, service);
  }

  /**
   * As {@link #migrate(DatabaseAccess, String)}, for services that share their migrations.
   *
   * @param folder migrations in {@code classpath:db/<folder>}, without the name of a schema
   */
  public static void migrate(DatabaseAccess access, String service, String folder) {
    flyway(access, "weir", "weir", "classpath:db/runtime", "classpath:db/ledger").migrate();
    flyway(access, service, service, "classpath:db/outbox", "classpath:db/" + folder).migrate();
  }

  private static Flyway flyway(
      DatabaseAccess access, String schema, String service, String... locations) {
    return Flyway.configure()
        .dataSource(
            access.jdbcUrl(), access.user(), access.password().reveal(SecretAccess.DATABASE_LOGIN))
        .schemas(schema)
        .defaultSchema(schema)
        .createSchemas(false)
        .table(HISTORY)
        .locations(locations)
        .placeholders(
            Map.of(
                "schema", schema,
                "application", DatabaseRoles.application(service),
                "relay", DatabaseRoles.relayBeside(access.user())))
        .cleanDisabled(true)
        .load();
  }
}
