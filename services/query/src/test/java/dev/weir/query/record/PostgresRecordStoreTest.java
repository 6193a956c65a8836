package dev.weir.query.record;

import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresRecordStoreTest extends RecordStoreContract {
  @TempDir static Path state;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
    postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(state, state.resolve("cache"), LoopbackPorts.free(), secrets));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Override
  RecordDatabase openDatabase() {
    return new PostgresDatabase(postgres.dataSource("postgres", postgres.superuser()), "public");
  }

  @Override
  RecordStore openStore(RecordDatabase database) {
    return JdbcRecordStore.onPostgres(database);
  }
}
