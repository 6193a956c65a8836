package dev.weir.aggregation.hpke;

import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The keys that clients of an aggregator were ever offered, as its database remembers them. An
 * instance with another key of the same id, or without the newest one, would take reports and not
 * be able to open them. Thread-safe.
 */
public final class PostgresOfferedKeys {
  private final Database database;
  private final InstantSource clock;

  public PostgresOfferedKeys(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  boolean isNone() {
    return database.asService("keys.offered", PostgresOfferedKeys::read).isEmpty();
  }

  /**
   * Remembers keys that are about to be offered.
   *
   * @throws IllegalStateException when clients were offered others
   */
  void require(Map<Integer, HpkePrivateKey> keys) {
    var digests = new TreeMap<Integer, Bytes>();
    keys.forEach((id, key) -> digests.put(id, Bytes.owning(key.publicKey().bytes()).sha256()));
    database.asService(
        "keys.offer",
        handle -> {
          digests.forEach((id, digest) -> add(handle, id, digest));
          refusal(read(handle), digests)
              .ifPresent(why -> {
                throw new IllegalStateException(why);
              });
          return true;
        });
  }

  private static Optional<String> refusal(
      TreeMap<Integer, Bytes> offered, Map<Integer, Bytes> present) {
    for (var one : present.entrySet()) {
      if (!one.getValue().equals(offered.get(one.getKey()))) {
        return Optional.of(
            "keys/%1$d.hpke is not the key %1$d that clients were offered: copy the directory of another instance or of a backup; only where that key is lost for good, and all instances are stopped, give this one an id of its own at all of them"
                .formatted(one.getKey()));
      }
    }
    return present.containsKey(offered.lastKey())
        ? Optional.empty()
        : Optional.of(
            "keys/%d.hpke is missing, the newest key that clients were offered: copy the directory of another instance or of a backup; where it is lost for good, and all instances are stopped, add a key with a greater id to all of them"
                .formatted(offered.lastKey()));
  }

  private void add(Handle handle, int id, Bytes digest) {
    handle
        .createUpdate(
            """
            insert into offered_keys (id, public_key_sha256, at) values (:id, :digest, :at)
            on conflict (id) do nothing
            """)
        .bind("id", id)
        .bind("digest", digest.toArray())
        .bind("at", clock.instant())
        .execute();
  }

  private static TreeMap<Integer, Bytes> read(Handle handle) {
    var offered = new TreeMap<Integer, Bytes>();
    handle
        .createQuery("select id, public_key_sha256 from offered_keys")
        .map((row, context) ->
            offered.put(row.getInt("id"), Bytes.owning(row.getBytes("public_key_sha256"))))
        .list();
    return offered;
  }
}
