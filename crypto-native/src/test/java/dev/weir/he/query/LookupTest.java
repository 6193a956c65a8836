package dev.weir.he.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeLibrary;
import dev.weir.he.Samples;
import dev.weir.he.wire.Packed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {
  private static final int GROUP = 8 * LookupShape.RECORD_BYTES;

  @ParameterizedTest
  @ValueSource(ints = {1, 500, 3_000})
  void everyRecordAskedFor_comesBackWhole(int records) {
    var shape = new LookupShape(records);
    var data = new byte[shape.plaintexts() * GROUP];
    new Random(1).nextBytes(data);
    long live = HeLibrary.loaded().liveObjects();
    try (var context = Samples.context(LookupShape.PARAMETERS);
        var secret = context.generateSecretKey();
        var table = new RecordTable(context, shape)) {
      for (int plaintext = 0; plaintext < shape.plaintexts(); plaintext++) {
        table.put(plaintext, ByteBuffer.wrap(data, plaintext * GROUP, GROUP).slice());
      }
      var asker = new LookupQuestion(context, shape);
      var elements = asker.keyElements();
      try (var keys = context.galoisKeys(elements, secret.galoisKeys(elements))) {
        for (int record : new int[] {0, records / 3, records - 1}) {
          var sent = Packed.ciphertexts(LookupShape.PARAMETERS, asker.ask(secret, record));
          assertThat(sent.remaining()).isLessThanOrEqualTo(46_000);
          try (var query = context.seeded(Packed.ciphertexts(LookupShape.PARAMETERS, sent, 1))) {
            var reply = table.answer(query, keys);
            assertThat(reply.remaining()).isEqualTo(shape.replyBytes());
            assertThat(asker.record(secret, record, reply))
                .isEqualTo(
                    Arrays.copyOfRange(
                        data,
                        record * LookupShape.RECORD_BYTES,
                        (record + 1) * LookupShape.RECORD_BYTES));
          }
        }
      }
    }
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(live);
  }

  @Test
  void questionsThatShareAPass_areAnsweredAsAlone() {
    var shape = new LookupShape(300);
    try (var context = Samples.context(LookupShape.PARAMETERS);
        var secret = context.generateSecretKey();
        var other = context.generateSecretKey();
        var table = new RecordTable(context, shape)) {
      for (int plaintext = 0; plaintext < shape.plaintexts(); plaintext++) {
        var group = new byte[GROUP];
        new Random(plaintext).nextBytes(group);
        table.put(plaintext, ByteBuffer.wrap(group));
      }
      var asker = new LookupQuestion(context, shape);
      var elements = asker.keyElements();
      try (var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
          var otherKeys = context.galoisKeys(elements, other.galoisKeys(elements));
          var first = context.seeded(asker.ask(secret, 7));
          var second = context.seeded(asker.ask(other, 299))) {
        var together =
            table.answer(
                List.of(
                    new RecordTable.Asked(first, keys), new RecordTable.Asked(second, otherKeys)));
        assertThat(together)
            .containsExactly(table.answer(first, keys), table.answer(second, otherKeys));
        assertThat(asker.record(secret, 7, together.getFirst()))
            .isNotEqualTo(asker.record(other, 299, together.getLast()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 16, 1 << 18, 1 << 20})
  void shapes_holdAllPlaintextsAndTheReplyItsLimit(int records) {
    var shape = new LookupShape(records);
    assertThat((long) shape.rows() * shape.columns()).isGreaterThanOrEqualTo(shape.plaintexts());
    assertThat(shape.rows() + shape.columns()).isLessThanOrEqualTo(shape.leaves());
    assertThat(shape.replyBytes()).isLessThanOrEqualTo(46_000);
  }

  @Test
  void recordsThatAreNotThere_areRefused() {
    var shape = new LookupShape(10);
    try (var context = Samples.context(LookupShape.PARAMETERS);
        var secret = context.generateSecretKey()) {
      var asker = new LookupQuestion(context, shape);
      assertThatThrownBy(() -> asker.ask(secret, 10)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> asker.record(secret, 0, ByteBuffer.allocate(5)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new LookupShape((1 << 21) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
