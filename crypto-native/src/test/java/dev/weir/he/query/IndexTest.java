package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeLibrary;
import dev.weir.he.Samples;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.oprf.OprfKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexTest {
  private static final RecordLock LOCK = new RecordLock("table 7, version 1");
  private static final int ENTRIES = 70;

  private final SecureRandom random = new SecureRandom();
  private final OprfKey key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);
  private final IndexShape shape = new IndexShape(ENTRIES, 100);
  private final List<byte[]> values =
      IntStream.range(0, ENTRIES)
          .mapToObj(i -> ("entry " + i).getBytes(StandardCharsets.UTF_8))
          .toList();

  @Test
  void index_findsItsEntry_andWithAnotherEvaluationNothing() {
    long live = HeLibrary.loaded().liveObjects();
    var records = IndexRecords.of(LOCK, key, values, shape, random);
    try (var context = Samples.context(LookupShape.PARAMETERS);
        var secret = context.generateSecretKey();
        var table = RecordTable.of(context, shape.lookup(), records)) {
      var elements = new LookupQuestion(context, shape.lookup()).keyElements();
      var asker = new IndexQuestion(context, shape, LOCK);
      try (var keys = context.galoisKeys(elements, secret.galoisKeys(elements))) {
        for (int index : new int[] {0, 7, 8, ENTRIES - 1}) {
          var client = OprfClient.blind(key.publicKey(), List.of(LOCK.name(index)), random);
          byte[] value = client.finish(key.evaluate(client.blinded())).getFirst();
          try (var query = context.seeded(asker.ask(secret, index).getFirst())) {
            var reply = List.of(table.answer(query, keys));
            assertThat(asker.open(secret, index, value, reply)).contains(values.get(index));
            assertThat(asker.open(secret, index, key.evaluate(LOCK.name(1)), reply)).isEmpty();
          }
        }
      }
    }
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(live);
  }

  @Test
  void entries_areAsManyInARecordAsFit_andThereAreNoOthers() {
    assertThat(shape.placeBytes()).isEqualTo(128);
    assertThat(shape.records()).isEqualTo(9);
    assertThat(new IndexShape(1, 1006).records()).isEqualTo(1);
    assertThatThrownBy(() -> new IndexShape(0, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IndexShape(1, 1007)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IndexRecords.of(LOCK, key, values.subList(1, 9), shape, random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Anybody can check an evaluation that was logged. */
  @Test
  void evaluation_isProvenToWhoHoldsNoSecret_ofItsOwnKeyAndElements() {
    var client = OprfClient.blind(key.publicKey(), List.of(LOCK.name(1)), random);
    var other = OprfClient.blind(key.publicKey(), List.of(LOCK.name(1)), random);
    var evaluation = key.evaluate(client.blinded());
    evaluation.verify(key.publicKey(), client.blinded());
    assertThatThrownBy(() -> evaluation.verify(key.publicKey(), other.blinded()))
        .isInstanceOf(OprfException.class);
    var stranger = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[] {1}, random);
    assertThatThrownBy(() -> evaluation.verify(stranger.publicKey(), client.blinded()))
        .isInstanceOf(OprfException.class);
    assertThatThrownBy(() -> evaluation.verify(key.publicKey(), List.of()))
        .isInstanceOf(OprfException.class);
  }
}
