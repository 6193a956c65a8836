package dev.weir.query.he.lookup;

import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.IndexRecords;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.KeywordRecords;
import dev.weir.he.query.RecordLock;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.SequencedMap;

/**
 * What is to be locked. Secret until it is; not changed once made.
 *
 * @see TableLocking
 */
public sealed interface Entries {

  /** Longest value there may be. */
  int valueBytes();

  /** Columns of a record, its keyword's first; empty when entries are cells. */
  List<String> columns();

  /**
   * Under keywords.
   *
   * @param values by keyword
   */
  record Keyed(SequencedMap<String, byte[]> values, int valueBytes, List<String> columns)
      implements Entries {
    @Override
    public String toString() {
      return "Keyed[" + values.size() + "]";
    }
  }

  /**
   * One after the other.
   *
   * @param values by index
   */
  record Listed(List<byte[]> values, int valueBytes, List<String> columns) implements Entries {
    @Override
    public String toString() {
      return "Listed[" + values.size() + "]";
    }
  }

  /**
   * Locked entries with what is said of them.
   *
   * @param bytes all records
   */
  record Locked(LookupTerms terms, ByteBuffer bytes) {
    String root() {
      return Json.sha256Hex(array());
    }

    byte[] array() {
      byte[] all = new byte[bytes.remaining()];
      bytes.duplicate().get(all);
      return all;
    }
  }

  /** Locks each entry under a key of its own. */
  default Locked lock(String table, OprfKey key, SecureRandom random) {
    var lock = new RecordLock(table);
    return switch (this) {
      case Keyed keyed -> {
        var made = KeywordRecords.of(lock, key, keyed.values(), valueBytes(), random);
        yield locked(
            By.KEYWORD, table, key, keyed.values().size(), made.shape().seed(), made.bytes());
      }
      case Listed listed -> {
        var shape = new IndexShape(listed.values().size(), valueBytes());
        yield locked(
            By.INDEX,
            table,
            key,
            shape.entries(),
            0,
            IndexRecords.of(lock, key, listed.values(), shape, random));
      }
    };
  }

  private Locked locked(By by, String table, OprfKey key, int entries, int seed, ByteBuffer bytes) {
    String publicKey = Base64.getEncoder().encodeToString(key.publicKey().toBytes());
    return new Locked(
        new LookupTerms(by, table, publicKey, entries, valueBytes(), seed, columns()), bytes);
  }
}
