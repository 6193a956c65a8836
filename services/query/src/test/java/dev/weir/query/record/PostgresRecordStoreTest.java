package dev.weir.query.record;

import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.PostgresSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresRecordStoreTest extends RecordStoreContract {
  @TempDir static Path directory;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(PostgresSettings.temporary(directory));
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
