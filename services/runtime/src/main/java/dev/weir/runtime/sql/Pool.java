package dev.weir.runtime.sql;

import com.codahale.metrics.MetricRegistry;
import dev.weir.runtime.secret.SecretAccess;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import java.util.Map;

/** Connection pools with the time limits of {@link Database}. */
final class Pool {
  private static final String LIMITS =
      "-c statement_timeout=15000 -c lock_timeout=3000"
          + " -c idle_in_transaction_session_timeout=30000";

  private Pool() {}

  static ManagedDataSource open(
      DatabaseAccess access, String service, int maxConnections, MetricRegistry metrics) {
    var factory = new DataSourceFactory();
    factory.setDriverClass("org.postgresql.Driver");
    factory.setUrl(access.jdbcUrl());
    factory.setUser(access.user());
    factory.setPassword(access.password().reveal(SecretAccess.DATABASE_LOGIN));
    factory.setInitialSize(0);
    factory.setMinSize(1);
    factory.setMaxSize(maxConnections);
    factory.setMaxWaitForConnection(Duration.seconds(3));
    factory.setAutoCommitByDefault(true);
    factory.setCheckConnectionOnBorrow(true);
    factory.setValidationInterval(Duration.seconds(5));
    factory.setProperties(
        Map.of(
            "options",
            LIMITS,
            "currentSchema",
            service,
            "ApplicationName",
            "weir-" + service,
            "connectTimeout",
            "5",
            "socketTimeout",
            "60",
            "tcpKeepAlive",
            "true"));
    return factory.build(metrics, "database." + service);
  }
}
