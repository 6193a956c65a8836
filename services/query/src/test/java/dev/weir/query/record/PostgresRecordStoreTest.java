package dev.weir.query.record;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresRecordStoreTest extends RecordStoreContract {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  RecordDatabase openDatabase() {
    return new PostgresDatabase(postgres.getPostgresDatabase(), "public");
  }

  @Override
  RecordStore openStore(RecordDatabase database) {
    return JdbcRecordStore.onPostgres(database);
  }
}
