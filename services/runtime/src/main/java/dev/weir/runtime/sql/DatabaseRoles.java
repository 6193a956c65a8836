package dev.weir.runtime.sql;

import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.secret.SecretAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The roles and schemas of a Weir database, created by its superuser before any service starts. May
 * run again at every start: it sets passwords anew and changes nothing else.
 *
 * <ul>
 *   <li>{@code weir_migrate} owns every schema and table;
 *   <li>{@code weir_<service>} reads and writes rows under row-level security, which it can neither
 *       bypass nor alter;
 *   <li>{@code weir_query} also owns the schema of copied records, which no caller's rows are in;
 *   <li>{@code weir_relay} reads and deletes outbox rows, nothing else.
 * </ul>
 *
 * <p>Another operator's service in a database of its own has a role of its own for each of these:
 * {@code weir_leader_migrate}, {@code weir_leader_relay}. No role of one operator may connect to
 * another's database.
 */
public final class DatabaseRoles {
  public static final String MIGRATION = "weir_migrate";
  public static final String RELAY = "weir_relay";

  /** Records that a query service keeps in PostgreSQL; its own to fill, empty and lay out. */
  public static final String RECORDS = "query_records";

  /**
   * Services with a schema of their own; leader and helper are two operators' aggregation, the
   * custodian of sums is a third one.
   */
  public static final List<String> SERVICES =
      List.of("space", "intake", "query", "audit", "leader", "helper", "custodian");

  /** Those of other operators, with roles of their own in databases of their own. */
  private static final List<String> APART = List.of("leader", "helper", "custodian");

  private static final String MIGRATE = "_migrate";
  private static final List<String> SHARED_SCHEMAS = List.of("weir", "ledger");
  private static final String ATTRIBUTES =
      " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit password ";

  private DatabaseRoles() {}

  /** The application role of a service. */
  public static String application(String service) {
    return "weir_" + service;
  }

  /** The role that owns a service's tables where it is deployed. */
  public static String migration(String service) {
    return APART.contains(service) ? application(service) + MIGRATE : MIGRATION;
  }

  /** The role that sends what a service's transactions published, where it is deployed. */
  public static String relay(String service) {
    return relayBeside(migration(service));
  }

  /** The relay's role in the database that a migration role owns. */
  static String relayBeside(String migration) {
    return migration.replaceFirst(MIGRATE + "$", "_relay");
  }

  /** Every role that {@link #create} makes. */
  public static List<String> all() {
    var roles = new ArrayList<>(List.of(MIGRATION, RELAY));
    SERVICES.forEach(service -> roles.add(application(service)));
    for (String service : APART) {
      roles.add(migration(service));
      roles.add(relay(service));
    }
    return List.copyOf(roles);
  }

  /** Who owns the tables of a database: its operator's own role where it has one. */
  private static String owner(List<String> services) {
    return services.size() == 1 ? migration(services.getFirst()) : MIGRATION;
  }

  private static List<String> users(List<String> services) {
    var roles = new ArrayList<>(List.of(owner(services), relayBeside(owner(services))));
    services.forEach(service -> roles.add(application(service)));
    return List.copyOf(roles);
  }

  /**
   * @param superuser connected to the database that all services will use
   * @param passwords one for each of {@link #all()}
   */
  public static void create(Connection superuser, Map<String, Secret> passwords)
      throws SQLException {
    create(superuser, passwords, SERVICES);
  }

  /**
   * @param superuser connected to the database that these services will use
   * @param passwords one for each of {@link #all()}
   * @param services the only ones that may connect to it
   */
  public static void create(
      Connection superuser, Map<String, Secret> passwords, List<String> services)
      throws SQLException {
    try (var statement = superuser.createStatement()) {
      for (String role : all()) {
        Secret password = passwords.get(role);
        if (password == null) {
          throw new IllegalArgumentException("no password for role " + role);
        }
        statement.execute(role(role));
        statement.execute(
            "alter role "
                + role
                + ATTRIBUTES
                + statement.enquoteLiteral(password.reveal(SecretAccess.DATABASE_ROLE_CREATION)));
      }
      for (String sql : grants(superuser.getCatalog(), services)) {
        statement.execute(sql);
      }
    }
  }

  private static String role(String role) {
    return """
    do $$ begin
      if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s; end if;
    end $$
    """
        .formatted(role);
  }

  private static List<String> grants(String database, List<String> services) {
    var sql = new ArrayList<String>();
    String owner = owner(services);
    if (!owner.equals(MIGRATION)) { // as it was before the operator had a role of its own
      sql.add("reassign owned by " + MIGRATION + " to " + owner);
    }
    String quoted = '"' + database.replace("\"", "\"\"") + '"';
    sql.add("revoke all on database " + quoted + " from public");
    sql.add("revoke all on schema public from public");
    all().forEach(role -> sql.add("revoke connect on database " + quoted + " from " + role));
    for (String role : users(services)) {
      sql.add("grant connect on database " + quoted + " to " + role);
    }
    for (String schema : SHARED_SCHEMAS) {
      sql.add(schema(schema, owner));
      sql.add("grant usage on schema " + schema + " to " + applications(services));
    }
    if (services.contains("query")) {
      sql.add("create schema if not exists " + RECORDS + " authorization " + application("query"));
    }
    for (String service : services) {
      sql.add(schema(service, owner));
      sql.addAll(defaults(service, owner));
      if (!owner.equals(MIGRATION)) {
        sql.add("revoke all on all tables in schema " + service + " from " + RELAY);
        sql.add("revoke all on schema " + service + " from " + RELAY);
      }
    }
    return sql;
  }

  private static String schema(String schema, String owner) {
    return "create schema if not exists " + schema + " authorization " + owner;
  }

  private static List<String> defaults(String service, String owner) {
    String inSchema =
        "alter default privileges for role " + owner + " in schema " + service + " grant ";
    String role = application(service);
    return List.of(
        "grant usage on schema " + service + " to " + role,
        inSchema + "select, insert, update, delete on tables to " + role,
        inSchema + "usage on sequences to " + role);
  }

  private static String applications(List<String> services) {
    return String.join(", ", services.stream().map(DatabaseRoles::application).toList());
  }
}
