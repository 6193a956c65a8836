package dev.weir.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Caller;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSecurityTest {
  private static final CreditCode OWNER = code("11110000000000010");
  private static final CreditCode OTHER = code("91110000000000021");
  private static TestDatabase server;
  private static Database database;

  @BeforeAll
  static void start() {
    server = TestDatabase.create("row_security", "space");
    server.migrate(
        """
        create table space.things (name text primary key, party text not null);
        alter table space.things enable row level security;
        create policy own on space.things
          using (party = weir.party() or weir.has_role('auditor') or weir.is_service());
        """);
    database = server.open("space", 1);
    database.asService(
        "seed",
        handle ->
            handle.execute(
                "insert into things values ('a', ?), ('b', ?)", OWNER.value(), OTHER.value()));
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    server.close();
  }

  @Test
  void transaction_ofAParty_seesItsOwnRowsOnly() {
    assertThat(seenBy(caller(OWNER))).containsExactly("a");
    assertThat(seenBy(caller(OTHER))).containsExactly("b");
    assertThat(seenBy(caller(OTHER, Role.AUDITOR))).containsExactly("a", "b");
  }

  @Test
  void statement_withoutAnyCaller_seesNoRow() {
    // when
    var seen = Jdbi.create(database.dataSource()).withHandle(RowSecurityTest::names);
    // then
    assertThat(seen).isEmpty();
  }

  @Test
  void pooledConnection_afterATransaction_carriesNobodyOn() {
    // given: the pool has one connection, and it has just been used for a party and for the service
    seenBy(caller(OWNER, Role.AUDITOR));
    database.asService("service", RowSecurityTest::names);
    // when
    var next = Jdbi.create(database.dataSource());
    // then
    List<String> names = next.withHandle(RowSecurityTest::names);
    assertThat(names).isEmpty();
    String acting =
        next.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select coalesce(weir.party(), 'nobody') || weir.has_role('auditor')
                      || weir.is_service()
                    """)
                .mapTo(String.class)
                .one());
    assertThat(acting).isEqualTo("nobodyfalsefalse");
  }

  @Test
  void pooledConnection_afterAFailure_carriesNobodyOn() {
    // given
    assertThatThrownBy(() -> database.asService("fails", handle -> handle.execute("select 1 / 0")))
        .isInstanceOf(RuntimeException.class);
    // when
    var seen = Jdbi.create(database.dataSource()).withHandle(RowSecurityTest::names);
    // then
    assertThat(seen).isEmpty();
  }

  @Test
  void party_cannotWriteRowsOfAnother() {
    assertThatThrownBy(() ->
            database.inTransaction(
                caller(OWNER),
                "forge",
                handle -> handle.execute("insert into things values ('c', ?)", OTHER.value())))
        .hasMessageContaining("row-level security");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table space.things disable row level security",
        "alter policy own on space.things using (true)",
        "drop policy own on space.things",
        "create policy all_rows on space.things using (true)",
        "alter role weir_space bypassrls",
        "alter role weir_space superuser",
        "set role weir_migrate",
        "set session authorization weir_migrate",
        "create or replace function weir.party() returns text language sql return 'x'",
        "create table space.loot (x int)",
        "create function space.f() returns int language sql return 1",
        "truncate space.things",
        "select * from space.outbox",
        "delete from space.outbox",
        "delete from space.flyway_schema_history",
        "update ledger.lineages set provider = 'x'",
        "delete from ledger.entries",
        "update ledger.entries set nano_rho = 0",
        "update ledger.answers set answer = ''",
        "update ledger.readings set charged_fen = 0",
      })
  void applicationRole_cannotWidenWhatItMayDo(String sql) {
    assertThatThrownBy(() -> database.asService("widen", handle -> handle.execute(sql)))
        .satisfies(failure ->
            assertThat(failure.getMessage())
                .containsAnyOf("permission denied", "must be owner", "Only roles with"));
  }

  @Test
  void applicationRoles_haveNoAttributeThatBypasses() {
    // when
    var strong =
        database.asService(
            "roles",
            handle ->
                handle
                    .createQuery(
                        """
                        select rolname from pg_roles where rolname like 'weir\\_%'
                        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
                          or rolreplication)
                        """)
                    .mapTo(String.class)
                    .list());
    // then
    assertThat(strong).isEmpty();
  }

  @Test
  void applicationRole_ofAnotherService_cannotReadThisSchema() throws Exception {
    try (var query = server.open("query", 1)) {
      assertThatThrownBy(
              () -> query.asService("peek", handle -> handle.execute("select * from space.things")))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void relay_seesTheOutboxAndNothingElse() {
    // given
    var relay = server.as(DatabaseRoles.RELAY);
    var jdbi =
        Jdbi.create(
            relay.jdbcUrl(),
            relay.user(),
            relay.password().reveal(dev.weir.runtime.secret.SecretAccess.DATABASE_LOGIN));
    // when / then
    long waiting =
        jdbi.withHandle(handle ->
            handle.createQuery("select count(*) from space.outbox").mapTo(Long.class).one());
    assertThat(waiting).isZero();
    assertThatThrownBy(
            () -> jdbi.withHandle(handle -> handle.execute("select * from space.things")))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () -> jdbi.withHandle(handle -> handle.execute("select * from ledger.accounts")))
        .hasMessageContaining("permission denied");
  }

  @Test
  void migrations_runAgainAndRolesCreatedAgain_changeNothing() throws Exception {
    // when
    try (var superuser = server.superuser()) {
      DatabaseRoles.create(superuser, TestDatabase.passwords());
    }
    Migrations.migrate(server.as(DatabaseRoles.MIGRATION), "space");
    // then
    assertThat(seenBy(caller(OWNER))).containsExactly("a");
  }

  private static List<String> seenBy(Caller caller) {
    return database.inTransaction(caller, "things", RowSecurityTest::names);
  }

  private static List<String> names(Handle handle) {
    return handle
        .createQuery("select name from space.things order by name")
        .mapTo(String.class)
        .list();
  }

  private static Caller caller(CreditCode party, Role... roles) {
    return new Caller("subject", "client", party, Set.of(roles));
  }

  private static CreditCode code(String first17) {
    return CreditCode.of(first17 + CreditCode.checkCharacter(first17));
  }
}
