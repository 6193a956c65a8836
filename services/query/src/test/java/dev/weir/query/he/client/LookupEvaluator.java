package dev.weir.query.he.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.RecordTable;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.lookup.Entries;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.RowRecords;
import dev.weir.query.he.lookup.SwitchingKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers lookups of records without a service around it. Confined to one thread. */
final class LookupEvaluator implements AutoCloseable {
  static final int RECORDS = 300;

  private static final HeParameters SET = HeParameters.LOOKUP_4096;
  private static final List<String> COLUMNS = List.of("name", "city");

  private final SecureRandom random;
  private final HeContext context;
  private final Map<By, Table> tables = new EnumMap<>(By.class);

  LookupEvaluator(SecureRandom random) {
    this.random = random;
    this.context = HeContext.open(SET, random);
    var key = key();
    var rows =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> COLUMNS.stream().map(record(i)::get).map(Optional::of).toList())
            .toList();
    for (By by : By.values()) {
      var locked = RowRecords.of(by, COLUMNS, rows).lock("contract/table/3", key, random);
      tables.put(by, new Table(locked, key));
    }
  }

  static Map<String, String> record(int i) {
    return Map.of("name", "r" + i, "city", i % 2 == 0 ? "福州" : "厦门");
  }

  Table table(By by) {
    return Optional.ofNullable(tables.get(by)).orElseThrow();
  }

  private OprfKey key() {
    byte[] seed = new byte[OprfKey.SEED_BYTES];
    random.nextBytes(seed);
    return OprfKey.derive(seed, new byte[0], random);
  }

  /** A locked table and the key that its names are evaluated with. */
  final class Table {
    private final Entries.Locked locked;
    private final OprfKey key;

    private Table(Entries.Locked locked, OprfKey key) {
      this.locked = locked;
      this.key = key;
    }

    LookupTerms terms() {
      return locked.terms();
    }

    /** The planted bug: announced terms, another key. */
    Table withAnotherKey() {
      return new Table(locked, key());
    }

    /**
     * @param asked question and switching keys, base64
     * @return the reply, base64
     */
    String answered(JsonNode asked) {
      byte[] body = bytes(asked, "question");
      var question = EncryptedQuestion.read(ByteBuffer.wrap(body), LookupParts.COUNT);
      var shape = terms().shape();
      var parts = LookupParts.read(shape, question.ciphertexts()).orElseThrow();
      byte[] packed = bytes(asked, "keys");
      if (!SwitchingKeys.sha256(packed).equals(parts.keysSha256())) {
        throw new IllegalStateException("the question names other keys");
      }
      var sent = SwitchingKeys.read(SET, packed).orElseThrow();
      var found = new ArrayList<ByteBuffer>();
      try (var keys = context.galoisKeys(sent.elements(), sent.limbs());
          var table = RecordTable.of(context, shape.lookup(), locked.bytes())) {
        int each = context.seededWords();
        for (int i = 0; i < shape.queries(); i++) {
          try (var query = context.seeded(parts.queries().slice(i * each, each))) {
            found.add(table.answer(query, keys));
          }
        }
      }
      var records = ByteBuffer.allocate(shape.queries() * shape.lookup().replyBytes());
      found.forEach(records::put);
      var reply = terms().reply(key.evaluate(List.of(parts.blinded())), records.flip());
      byte[] all = new byte[reply.remaining()];
      reply.get(all);
      return Base64.getEncoder().encodeToString(all);
    }

    private static byte[] bytes(JsonNode asked, String name) {
      return Base64.getDecoder().decode(asked.path(name).asText());
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
