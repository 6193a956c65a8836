package dev.weir.runtime.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.TestDatabase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresRepliesTest {
  private static final String BODY = "91110000MA0000001";
  private static final Caller CALLER =
      new Caller(
          "builder-analyst",
          "builder-analyst",
          new CreditCode(BODY + CreditCode.checkCharacter(BODY)),
          Set.of(Role.CONSUMER));

  private static TestDatabase server;
  private static Database database;

  record Reply(int number) {}

  @BeforeAll
  static void start() {
    server = TestDatabase.create("replies", "space");
    database = server.open("space", 2);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    server.close();
  }

  @Test
  void write_sentAgainWithItsKey_isDoneOnceAndAnsweredAlike() {
    var runs = new AtomicInteger();
    var first = send("key-00000001", "a", runs);
    assertThat(send("key-00000001", "a", runs)).isEqualTo(first);
    assertThat(runs).hasValue(1);
    assertThat(send("key-00000002", "a", runs)).isNotEqualTo(first);
  }

  @Test
  void key_usedForAnotherRequest_isAConflictAndDoesNothing() {
    var runs = new AtomicInteger();
    send("key-00000003", "a", runs);
    assertThatThrownBy(() -> send("key-00000003", "b", runs)).isInstanceOf(ProblemException.class);
    assertThat(runs).hasValue(1);
  }

  private static Reply send(String key, String body, AtomicInteger runs) {
    return database.inTransaction(
        CALLER,
        "test-reply",
        handle ->
            PostgresReplies.once(
                handle,
                CALLER,
                Operation.QUERY_RUN,
                Optional.of(IdempotencyKey.of(key)),
                Map.of("body", body),
                Reply.class,
                () -> new Reply(runs.incrementAndGet())));
  }
}
