package dev.weir.query.record;

import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.policy.usage.Permit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps sealed data versions. A batch of records and the offsets behind it commit in one
 * transaction, so a record is stored exactly once whatever is killed. Thread-safe; one loader at a
 * time per version.
 */
public interface RecordStore extends AutoCloseable {

  /** The newest version that is complete. */
  Optional<DataVersion> newest(ResourceId resourceId);

  /** One complete version. */
  Optional<DataVersion> version(ResourceId resourceId, long number);

  /**
   * The records of a complete version in the order of their ids, each value in its textual form.
   *
   * @param permit leave of the policy engine to read records of {@code product}
   * @param columns of the version
   * @throws IllegalStateException when the permit does not cover the product, or has expired
   */
  List<List<Optional<String>>> rows(
      Permit permit, ProductId product, Instant now, DataVersion version, List<Column> columns);

  /**
   * Makes room for a version, or finds how far an earlier attempt came.
   *
   * @param startOffsets [partition] where the version may begin
   * @return [partition] the next offset to read
   */
  List<Long> begin(DataVersion version, List<Long> startOffsets);

  /**
   * Stores records and the offsets after them in one transaction.
   *
   * @param nextOffsets [partition]
   */
  void append(DataVersion version, List<StoredRecord> records, List<Long> nextOffsets);

  /**
   * Declares a version complete.
   *
   * @throws IllegalStateException when the number of stored records is not {@link
   *     DataVersion#records()}; the version is then dropped, to be loaded again
   */
  void complete(DataVersion version);

  /** Forgets the versions before this one. */
  void dropBefore(DataVersion version);

  /** Whether the engine still answers. */
  boolean alive();

  /**
   * Reads everything once when a statement has failed or the engine does not answer, and when that
   * cannot be done starts again empty, where the copy is this instance's own.
   *
   * @return whether it is empty now and every version must be loaded again
   */
  boolean mend();

  @Override
  void close();
}
