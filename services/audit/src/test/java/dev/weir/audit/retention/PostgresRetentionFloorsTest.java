package dev.weir.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.Floors;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.ServiceDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, under the application's own role. */
class PostgresRetentionFloorsTest {
  private static final Floors FLOORS = PolicyBundle.load().floors();
  private static final Caller ADMIN =
      new Caller(
          "audit-admin",
          "audit-admin",
          CreditCode.of("91350100000000002P"),
          Set.of(Role.AUDIT_ADMIN));

  @TempDir static Path state;
  private static ServiceDatabase server;
  private static Database database;

  @BeforeAll
  static void start() throws Exception {
    server = ServiceDatabase.start(state, "audit");
    database = server.open("audit", 2);
    load(FLOORS);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    server.close();
  }

  @Test
  void floors_areThoseOfTheBundle() {
    assertThat(store().get(RetentionClass.PERSONAL_INFORMATION_RECORDS).floorDays())
        .isEqualTo(FLOORS.personalRecordRetentionDays());
    assertThat(store().get(RetentionClass.CANCELLED_PARTICIPANTS).floorDays())
        .isEqualTo(FLOORS.cancelledNodeRetentionDays());
  }

  @Test
  void bundleThatLowersAFloor_isRefusedAndChangesNothing() {
    int before = store().get(RetentionClass.PERSONAL_INFORMATION_RECORDS).floorDays();
    int logs = store().get(RetentionClass.NETWORK_LOGS).floorDays();
    assertThatThrownBy(() -> load(with(logs, before - 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lowers the retention floor of personal-information-records");
    assertThat(store().get(RetentionClass.PERSONAL_INFORMATION_RECORDS).floorDays())
        .isEqualTo(before);
  }

  @Test
  void bundleThatRaisesAFloor_liftsWhatWasSetBelowIt_andTheOldBundleIsThenRefused() {
    var retained = RetentionClass.NETWORK_LOGS;
    store().raise(ADMIN, retained, 200);
    load(with(300, FLOORS.personalRecordRetentionDays()));
    assertThat(store().get(retained)).isEqualTo(new Retention(retained.slug(), 300, 300));
    assertThatThrownBy(() -> load(FLOORS)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store().raise(ADMIN, retained, 299))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void applicationRole_canNeitherLowerNorRemoveAFloorOrWhatWasSet() {
    var retained = RetentionClass.CANCELLED_PARTICIPANTS;
    store().raise(ADMIN, retained, 4_000);
    assertRefused("update audit.retention set days = 3999 where days = 4000", "raised only");
    assertRefused("update audit.retention set class = 'network-logs' where days = 4000", "raised");
    assertRefused("update audit.retention_floor set days = days - 1", "raised only");
    assertRefused("delete from audit.retention", "permission denied");
    assertRefused("delete from audit.retention_floor", "permission denied");
    assertRefused("truncate audit.retention_floor", "permission denied");
    assertRefused(
        "insert into audit.retention values ('personal-information-records', 10, 'x', now())",
        "below its floor");
    assertRefused("alter table audit.retention disable trigger all", "must be owner");
    assertThat(store().get(retained).days()).isEqualTo(4_000);
  }

  private static void assertRefused(String sql, String why) {
    assertThatThrownBy(() -> database.asService("try", handle -> handle.execute(sql)))
        .hasStackTraceContaining(why);
  }

  private static void load(Floors floors) {
    new PostgresRetentionFloors(database, floors, "test-bundle").start();
  }

  private static Floors with(int logDays, int personalDays) {
    return new Floors(
        FLOORS.minGroup(),
        logDays,
        personalDays,
        FLOORS.cancelledNodeRetentionDays(),
        FLOORS.maxAgreementDays(),
        FLOORS.maxContractDays(),
        FLOORS.maxLineageNanoRho(),
        FLOORS.maxLineagePicoDelta(),
        FLOORS.permitSeconds());
  }

  private static RetentionStore store() {
    var evidence = new EvidenceLog(new Outbox("audit", new OutboxSignal()), "audit");
    return new PostgresRetentionStore(database, evidence, Clock.systemUTC(), "test-bundle");
  }
}
