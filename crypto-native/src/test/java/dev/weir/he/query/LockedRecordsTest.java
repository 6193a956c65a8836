package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.HeContext;
import dev.weir.he.Samples;
import dev.weir.he.SecretKey;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client pays for one evaluation and looks up another record. The query cannot tell; the lock
 * must. The planted bug is a table whose records are all locked under one name.
 */
class LockedRecordsTest {
  private static final int PAID = 2;
  private static final int WANTED = 11;
  private static final RecordLock LOCK = new RecordLock("records, version 1");
  private static final LookupShape SHAPE = new LookupShape(16);

  private final SecureRandom random = new SecureRandom();
  private final OprfKey key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);

  @Test
  void recordThatWasAskedFor_opens() {
    assertThat(stolen(PAID, record -> LOCK.name(record))).contains("record 2");
  }

  @Test
  void recordThatWasNotAskedFor_staysShut() {
    assertThat(stolen(WANTED, record -> LOCK.name(record))).isEmpty();
  }

  @Test
  void sameAttack_onRecordsUnderOneName_reads() {
    assertThat(stolen(WANTED, record -> LOCK.name(PAID))).contains("record 11");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void lockedRecords_lookAlike(int length) {
    byte[] locked =
        LOCK.lock(key, LOCK.name(0), new byte[length * 1_000], LookupShape.RECORD_BYTES);
    assertThat(locked).hasSize(LookupShape.RECORD_BYTES);
  }

  /** What a client reads of a record after paying for {@link #PAID} only. */
  private Optional<String> stolen(
      int record, java.util.function.IntFunction<byte[]> nameWhenLocked) {
    try (var context = Samples.context(LookupShape.PARAMETERS);
        var secret = context.generateSecretKey();
        var table = table(context, nameWhenLocked)) {
      var client = OprfClient.blind(key.publicKey(), List.of(LOCK.name(PAID)), random);
      byte[] value = client.finish(key.evaluate(client.blinded())).getFirst();
      byte[] found = lookedUp(context, secret, table, record);
      return LOCK.open(value, LOCK.name(record), found)
          .or(() -> LOCK.open(value, LOCK.name(PAID), found))
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static byte[] lookedUp(
      HeContext context, SecretKey secret, RecordTable table, int record) {
    var asker = new LookupQuestion(context, SHAPE);
    var elements = asker.keyElements();
    try (var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
        var query = context.seeded(asker.ask(secret, record))) {
      return asker.record(secret, record, table.answer(query, keys));
    }
  }

  private RecordTable table(HeContext context, java.util.function.IntFunction<byte[]> name) {
    var table = new RecordTable(context, SHAPE);
    for (int plaintext = 0; plaintext < SHAPE.plaintexts(); plaintext++) {
      var group = ByteBuffer.allocate(8 * LookupShape.RECORD_BYTES);
      for (int record = 8 * plaintext; record < 8 * plaintext + 8; record++) {
        byte[] content = ("record " + record).getBytes(StandardCharsets.UTF_8);
        group.put(LOCK.lock(key, name.apply(record), content, LookupShape.RECORD_BYTES));
      }
      table.put(plaintext, group.flip());
    }
    return table;
  }
}
