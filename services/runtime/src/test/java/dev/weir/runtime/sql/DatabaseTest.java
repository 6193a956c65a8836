package dev.weir.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private static TestDatabase server;
  private static MetricRegistry metrics;
  private static Database database;

  @BeforeAll
  static void start() {
    server = TestDatabase.create("database_test", "space");
    metrics = new MetricRegistry();
    database = Database.open(server.as(DatabaseRoles.application("space")), "space", 1, metrics);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    server.close();
  }

  @Test
  void work_isTimedUnderItsName() {
    // when
    database.asService("counted", handle -> handle.execute("select 1"));
    // then
    assertThat(metrics.timer("sql.counted").getCount()).isEqualTo(1);
  }

  @Test
  void problem_thrownByTheWork_arrivesUnchanged() {
    // given
    var problem = new ProblemException(ProblemType.WRONG_STATE, "The step is not open.");
    // when / then
    assertThatThrownBy(() ->
            database.asService(
                "refused",
                handle -> {
                  throw problem;
                }))
        .isSameAs(problem);
  }

  @Test
  void connection_thatIsNotFreeInTime_isUnavailable() {
    assertThatThrownBy(() ->
            database.asService(
                "outer", held -> database.asService("inner", handle -> handle.execute("select 1"))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  @Test
  void statement_overItsTime_isUnavailableAndTheConnectionServesOn() {
    // when / then
    assertThatThrownBy(() ->
            database.asService(
                "slow",
                handle -> {
                  handle.execute("set local statement_timeout = 50");
                  return handle.execute("select pg_sleep(5)");
                }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    int next = database.asService("next", DatabaseTest::one);
    assertThat(next).isEqualTo(1);
  }

  @Test
  void limits_ofEveryConnection_areSet() {
    // when
    String limits =
        database.asService(
            "limits",
            handle ->
                handle
                    .createQuery(
                        """
                        select current_setting('statement_timeout') || ' '
                          || current_setting('lock_timeout') || ' '
                          || current_setting('idle_in_transaction_session_timeout')
                        """)
                    .mapTo(String.class)
                    .one());
    // then
    assertThat(limits).isEqualTo("15s 3s 30s");
  }

  @Test
  void repeat_afterASerializationFailure_runsAgain() {
    // given
    var attempts = new AtomicInteger();
    // when
    int result =
        Repeat.onConflict(() ->
            database.asService(
                "conflict",
                handle -> {
                  if (attempts.incrementAndGet() < 3) {
                    throw new SQLException("conflict", "40001");
                  }
                  return one(handle);
                }));
    // then
    assertThat(result).isEqualTo(1);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void repeat_afterAnyOtherFailure_doesNot() {
    // given
    var attempts = new AtomicInteger();
    // when / then
    assertThatThrownBy(() ->
            Repeat.onConflict(() ->
                database.asService(
                    "broken",
                    handle -> {
                      attempts.incrementAndGet();
                      throw new SQLException("unique", "23505");
                    })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(attempts).hasValue(1);
  }

  private static int one(org.jdbi.v3.core.Handle handle) {
    return handle.createQuery("select 1").mapTo(Integer.class).one();
  }
}
