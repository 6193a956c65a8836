package dev.weir.audit.log;

import dev.weir.privacy.merkle.Hash;
import dev.weir.runtime.sql.Database;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@link LeafStore} in the schema {@code audit}. Thread-safe. */
public final class PostgresLeafStore implements LeafStore {
  private static final long ADVISORY_LOCK = 0x57656972_41756469L; // "WeirAudi"

  private final Database database;

  public PostgresLeafStore(Database database) {
    this.database = database;
  }

  @Override
  public long claimEpoch() {
    return database.asService(
        "claim-epoch",
        handle -> {
          lock(handle);
          return handle
              .createQuery("update audit.sequencer set epoch = epoch + 1 returning epoch")
              .mapTo(Long.class)
              .one();
        });
  }

  @Override
  public long sequence(long epoch, List<Leaf> leaves, Map<Integer, Long> positions) {
    return database.asService(
        "sequence",
        handle -> {
          fence(handle, epoch);
          long next = insertNew(handle, leaves);
          savePositions(handle, positions);
          return next;
        });
  }

  private static long insertNew(Handle handle, List<Leaf> leaves) {
    long next = sequenced(handle);
    if (leaves.isEmpty()) {
      return next;
    }
    var ids = leaves.stream().map(leaf -> leaf.id().value()).toArray(UUID[]::new);
    var known =
        new HashSet<>(
            handle
                .createQuery("select leaf_id from audit.leaf where leaf_id = any(:ids)")
                .bind("ids", ids)
                .mapTo(UUID.class)
                .list());
    var batch =
        handle.prepareBatch(
            """
            insert into audit.leaf (idx, leaf_id, source, readers, kind, contract_id, at, body)
            values (:idx, :id, :source, :readers, :kind, cast(:contract as uuid), :at, :body)
            """);
    for (var leaf : leaves) {
      if (known.add(leaf.id().value())) {
        batch
            .bind("idx", next++)
            .bind("id", leaf.id().value())
            .bind("source", leaf.source())
            .bind("readers", leaf.readers().stream().map(Object::toString).toArray(String[]::new))
            .bind("kind", leaf.record().kind().name())
            .bind("contract", leaf.contractId().map(Object::toString).orElse(null))
            .bind("at", Timestamp.from(leaf.record().time()))
            .bind("body", leaf.body().bytes())
            .add();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
    return next;
  }

  private static void savePositions(Handle handle, Map<Integer, Long> positions) {
    positions.forEach((partition, next) ->
        handle
            .createUpdate(
                """
                insert into audit.position (partition, next_offset) values (:partition, :next)
                on conflict (partition) do update set next_offset = excluded.next_offset
                """)
            .bind("partition", partition)
            .bind("next", next)
            .execute());
  }

  @Override
  public Map<Integer, Long> positions() {
    return database.asService(
        "positions",
        handle -> {
          var positions = new TreeMap<Integer, Long>();
          handle
              .createQuery("select partition, next_offset from audit.position")
              .map((row, context) -> Map.entry(row.getInt(1), row.getLong(2)))
              .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
          return positions;
        });
  }

  @Override
  public void refuse(int partition, long offset, String reason) {
    database.asService(
        "refuse",
        handle ->
            handle
                .createUpdate(
                    """
                    insert into audit.refused (partition, at_offset, reason)
                    values (:partition, :offset, :reason) on conflict do nothing
                    """)
                .bind("partition", partition)
                .bind("offset", offset)
                .bind("reason", reason)
                .execute());
  }

  @Override
  public long sequenced() {
    return database.asService("sequenced", PostgresLeafStore::sequenced);
  }

  private static long sequenced(Handle handle) {
    return handle
        .createQuery("select coalesce(max(idx) + 1, 0) from audit.leaf")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<LeafBytes> bodies(long from, int limit) {
    return database.asService(
        "bodies",
        handle ->
            handle
                .createQuery(
                    "select body from audit.leaf where idx >= :from and idx < :to order by idx")
                .bind("from", from)
                .bind("to", from + limit)
                .map((row, context) -> LeafBytes.of(row.getBytes(1)))
                .list());
  }

  @Override
  public Optional<Intent> lastIntent() {
    return database.asService("last-intent", PostgresLeafStore::lastIntent);
  }

  private static Optional<Intent> lastIntent(Handle handle) {
    return handle
        .createQuery(
            """
            select size, root, twin_root, published from audit.checkpoint
            order by size desc limit 1
            """)
        .map((row, context) ->
            new Intent(
                row.getLong(1),
                Hash.of(row.getBytes(2)),
                Hash.of(row.getBytes(3)),
                row.getBoolean(4)))
        .findOne();
  }

  @Override
  public void intend(long epoch, Intent intent) {
    database.asService(
        "intend",
        handle -> {
          fence(handle, epoch);
          var last = lastIntent(handle);
          if (last.filter(known -> known.size() > intent.size()).isPresent()) {
            throw new RollbackException("a larger checkpoint was remembered before");
          }
          if (last.filter(known -> known.size() == intent.size()).isPresent()) {
            requireSame(last.get(), intent);
            return true;
          }
          handle
              .createUpdate(
                  """
                  insert into audit.checkpoint (size, root, twin_root, published)
                  values (:size, :root, :twin, false)
                  """)
              .bind("size", intent.size())
              .bind("root", intent.root().bytes())
              .bind("twin", intent.twinRoot().bytes())
              .execute();
          return true;
        });
  }

  static void requireSame(Intent known, Intent intent) {
    if (!known.root().equals(intent.root()) || !known.twinRoot().equals(intent.twinRoot())) {
      throw new RollbackException("another root was remembered for this size");
    }
  }

  @Override
  public void publish(long epoch, long size, Publication publication) {
    database.asService(
        "publish",
        handle -> {
          fence(handle, epoch); // holds the row: no other epoch begins while the files change
          publication.run();
          return handle
              .createUpdate("update audit.checkpoint set published = true where size = :size")
              .bind("size", size)
              .execute();
        });
  }

  private static void lock(Handle handle) {
    handle
        .createQuery("select pg_advisory_xact_lock(:key)")
        .bind("key", ADVISORY_LOCK)
        .mapToMap()
        .one();
  }

  private static void fence(Handle handle, long epoch) {
    lock(handle);
    long current =
        handle.createQuery("select epoch from audit.sequencer for update").mapTo(Long.class).one();
    if (current != epoch) {
      throw new FencedOffException(epoch);
    }
  }
}
