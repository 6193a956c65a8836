package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeLibrary;
import dev.weir.he.Samples;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {
  private static final RecordLock LOCK = new RecordLock("table 7, version 1");

  private final SecureRandom random = new SecureRandom();
  private final OprfKey key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);

  @Test
  void keyword_findsItsValue_andAbsentOnesNothing() {
    var values = values(120);
    var records = KeywordRecords.of(LOCK, key, values, 60, random);
    assertThat(records.shape()).isEqualTo(KeywordRecords.shape(values, 60));
    long live = HeLibrary.loaded().liveObjects();
    try (var context = Samples.context(LookupShape.PARAMETERS);
        var secret = context.generateSecretKey();
        var table = records.table(context)) {
      var asker = new KeywordQuestion(context, records.shape(), LOCK);
      var elements = asker.lookup().keyElements();
      try (var keys = context.galoisKeys(elements, secret.galoisKeys(elements))) {
        for (var keyword : List.of("K7", "K119", "nobody")) {
          var client = OprfClient.blind(key.publicKey(), List.of(LOCK.name(keyword)), random);
          var value = client.finish(key.evaluate(client.blinded())).getFirst();
          var sent = asker.ask(secret, keyword);
          try (var first = context.seeded(sent.getFirst());
              var second = context.seeded(sent.getLast())) {
            var replies =
                table.answer(
                    List.of(
                        new RecordTable.Asked(first, keys), new RecordTable.Asked(second, keys)));
            var found = asker.open(secret, keyword, value, replies).map(KeywordTest::text);
            assertThat(found.orElse("absent"))
                .isEqualTo(keyword.equals("nobody") ? "absent" : "value of " + keyword);
          }
        }
      }
    }
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(live);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 200, 400, 1_000})
  void allKeywordsFindPlaces(int valueBytes) {
    var keywords =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "K" + i)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var table = CuckooTable.of(keywords, valueBytes);
    var shape = table.shape();
    assertThat(shape.placeBytes()).isGreaterThanOrEqualTo(valueBytes + RecordLock.OVERHEAD_BYTES);
    var found = new HashSet<String>();
    for (int record = 0; record < shape.records(); record++) {
      assertThat(table.record(record)).hasSizeLessThanOrEqualTo(shape.places());
      for (var keyword : table.record(record)) {
        assertThat(shape.choices(keyword)).contains(record).doesNotHaveDuplicates();
        found.add(keyword);
      }
    }
    assertThat(found).isEqualTo(keywords);
  }

  @Test
  void lockedRecords_openForTheirOwnNameOnly() {
    byte[] locked = LOCK.lock(key, LOCK.name(3), bytes("three"), 64);
    assertThat(locked).hasSize(64);
    byte[] value = key.evaluate(LOCK.name(3));
    assertThat(LOCK.open(value, LOCK.name(3), locked)).map(KeywordTest::text).contains("three");
    assertThat(LOCK.open(key.evaluate(LOCK.name(4)), LOCK.name(3), locked)).isEmpty();
    assertThat(LOCK.open(value, LOCK.name(4), locked)).isEmpty();
    var later = new RecordLock("table 7, version 2");
    assertThat(later.open(key.evaluate(later.name(3)), later.name(3), locked)).isEmpty();
    assertThatThrownBy(() -> LOCK.lock(key, LOCK.name(3), new byte[47], 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LOCK.name("3")).isNotEqualTo(LOCK.name(3));
  }

  private static SequencedMap<String, byte[]> values(int count) {
    var values = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < count; i++) {
      values.put("K" + i, bytes("value of K" + i));
    }
    return values;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
