package dev.weir.benchmarks.core;

import dev.weir.benchmarks.harness.Throughput;
import dev.weir.benchmarks.stack.BenchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A budget as it is often written: read what is left, compare, write. Each spend commits durably;
 * two that read the same value both spend it.
 */
final class NaiveBudget {
  /**
   * @param perSecond spends, those that find the budget empty included
   */
  record Outcome(double perSecond, int granted) {}

  private NaiveBudget() {}

  static Outcome spend(BenchDatabase server, int clients, int budget, int attempts, long cost)
      throws Exception {
    try (var setUp = server.superuser();
        var statement = setUp.createStatement()) {
      statement.execute("create schema naive");
      statement.execute("create table naive.budget (allotted bigint, spent bigint)");
      statement.execute("create table naive.answers (number int, answer text, at timestamptz)");
      statement.execute("insert into naive.budget values (" + budget * cost + ", 0)");
    }
    BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(clients);
    for (int i = 0; i < clients; i++) {
      var connection = server.superuser();
      connection.setAutoCommit(false);
      idle.add(connection);
    }
    var granted = new AtomicInteger();
    double rate =
        Throughput.perSecond(
            clients,
            attempts,
            number -> {
              var connection = idle.take();
              if (spend(connection, number, cost)) {
                granted.incrementAndGet();
              }
              idle.add(connection);
            });
    for (Connection connection : idle) {
      connection.close();
    }
    return new Outcome(rate, granted.get());
  }

  private static boolean spend(Connection connection, int number, long cost) throws SQLException {
    long spent;
    boolean enough;
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select allotted, spent from naive.budget")) {
      row.next();
      spent = row.getLong(2);
      enough = spent + cost <= row.getLong(1);
    }
    if (enough) {
      try (var update = connection.prepareStatement("update naive.budget set spent = ?");
          var insert =
              connection.prepareStatement("insert into naive.answers values (?, ?, now())")) {
        update.setLong(1, spent + cost);
        update.executeUpdate();
        insert.setInt(1, number);
        insert.setString(2, "{\"answer\":" + number + "}");
        insert.executeUpdate();
      }
    }
    connection.commit();
    return enough;
  }
}
