package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.policy.product.ProductKind;
import dev.weir.query.use.PostgresUseStore;
import dev.weir.query.use.Use;
import dev.weir.query.use.UseKind;
import dev.weir.query.use.UseStatus;
import dev.weir.query.use.UseStore;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Epochs in {@code query.epochs}, their cells in {@code query.epoch_tiles}, what exact cells rest
 * on in {@code query.epoch_presence}.
 */
public final class PostgresEpochStore implements EpochStore {
  private final UseStore uses = new PostgresUseStore();

  @Override
  public Optional<Epoch> find(
      Handle handle, ContractId contract, String rollupId, long dataVersion) {
    return handle
        .createQuery(
            """
            select * from query.epochs
            where contract_id = :contract and rollup_id = :rollup and data_version = :version
            """)
        .bind("contract", contract.value())
        .bind("rollup", rollupId)
        .bind("version", dataVersion)
        .map((row, context) -> epoch(row))
        .findOne();
  }

  @Override
  public Optional<Epoch> releasedBefore(
      Handle handle, ContractId contract, String rollupId, long dataVersion) {
    return handle
        .createQuery(
            """
            select * from query.epochs
            where contract_id = :contract and rollup_id = :rollup and data_version < :version
              and refusal is null
            order by data_version desc limit 1
            """)
        .bind("contract", contract.value())
        .bind("rollup", rollupId)
        .bind("version", dataVersion)
        .map((row, context) -> epoch(row))
        .findOne();
  }

  @Override
  public Optional<Epoch> newest(Handle handle, ContractId contract, String rollupId) {
    return releasedBefore(handle, contract, rollupId, Long.MAX_VALUE);
  }

  @Override
  public List<Epoch> shownTo(
      Handle handle, CreditCode consumer, ContractId contract, String rollupId) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:shown, 3))::text")
        .bind("shown", consumer.value() + " " + rollupId)
        .mapTo(String.class)
        .one();
    return handle
        .createQuery(
            """
            select distinct on (root) * from query.epochs
            where rollup_id = :rollup and kind = 'EXACT' and refusal is null
              and (consumer = :consumer or contract_id = :contract)
            order by root, data_version desc, closed_at desc
            """)
        .bind("consumer", consumer.value())
        .bind("contract", contract.value())
        .bind("rollup", rollupId)
        .map((row, context) -> epoch(row))
        .stream()
        .sorted(Comparator.comparing(Epoch::dataVersion).thenComparing(Epoch::closedAt).reversed())
        .toList();
  }

  @Override
  public Set<String> exactRollups(Handle handle, CreditCode consumer, LineageId lineage) {
    return uses.exactRollups(handle, consumer, Set.of(lineage));
  }

  @Override
  public Shown shown(Handle handle, Epoch epoch) {
    var presence = new PublishedCells(epoch.cells(), epoch.width() - 1);
    read(handle, epoch, "query.epoch_presence", presence);
    return new Shown(cells(handle, epoch), presence);
  }

  @Override
  public PublishedCells cells(Handle handle, Epoch epoch) {
    var cells = new PublishedCells(epoch.cells(), epoch.width());
    read(handle, epoch, "query.epoch_tiles", cells);
    if (!cells.root().equals(epoch.root())) {
      throw new IllegalStateException("the stored cells are not those that were released");
    }
    return cells;
  }

  private static void read(Handle handle, Epoch epoch, String table, PublishedCells into) {
    handle
        .createQuery(
            "select tile, content from "
                + table
                + " where contract_id = :contract and rollup_id = :rollup"
                + " and data_version = :version")
        .bind("contract", epoch.contractId().value())
        .bind("rollup", epoch.rollupId())
        .bind("version", epoch.dataVersion())
        .map((row, context) -> {
          into.read(row.getInt("tile"), row.getBytes("content"));
          return true;
        })
        .list();
  }

  @Override
  public byte[] tiles(Handle handle, Epoch epoch) {
    var all = new ByteArrayOutputStream();
    handle
        .createQuery(
            """
            select content from query.epoch_tiles
            where contract_id = :contract and rollup_id = :rollup and data_version = :version
            order by tile
            """)
        .bind("contract", epoch.contractId().value())
        .bind("rollup", epoch.rollupId())
        .bind("version", epoch.dataVersion())
        .mapTo(byte[].class)
        .forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Override
  public void release(Handle handle, Epoch epoch, EpochUse use, Shown made) {
    add(handle, epoch, use);
    keep(handle, epoch, "query.epoch_tiles", made.cells());
    if (epoch.kind() == ProductKind.EXACT) {
      keep(handle, epoch, "query.epoch_presence", made.presence());
    }
  }

  private static void keep(Handle handle, Epoch epoch, String table, PublishedCells cells) {
    var batch =
        handle.prepareBatch(
            "insert into "
                + table
                + " (contract_id, rollup_id, data_version, tile, content)"
                + " values (:contract, :rollup, :version, :tile, :content)");
    for (int tile = 0; tile < cells.tiles(); tile++) {
      batch
          .bind("contract", epoch.contractId().value())
          .bind("rollup", epoch.rollupId())
          .bind("version", epoch.dataVersion())
          .bind("tile", tile)
          .bind("content", cells.bytes(tile))
          .add();
    }
    batch.execute();
  }

  @Override
  public void refuse(Handle handle, Epoch epoch, EpochUse use) {
    add(handle, epoch, use);
  }

  private void add(Handle handle, Epoch epoch, EpochUse use) {
    var status = epoch.refusal().isEmpty() ? UseStatus.DONE : UseStatus.REFUSED;
    UUID id = epoch.leaf().value();
    uses.add(
        handle,
        new Use(
            id,
            UseKind.CELLS,
            epoch.contractId(),
            epoch.productId(),
            use.provider(),
            use.consumer(),
            use.purpose(),
            status,
            use.decision(),
            use.rule(),
            epoch.closedAt()));
    uses.end(
        handle,
        id,
        new UseStore.End(
            status, Optional.empty(), epoch.nanoRho(), use.fen(), epoch.leaf(), epoch.closedAt()));
    handle
        .createUpdate(
            """
            insert into query.epochs (contract_id, product_id, rollup_id, data_version, kind, cells,
              width, cell_bits, nano_rho, root, refusal, leaf_id, closed_at, consumer, lineage_id)
            values (:contract, :product, :rollup, :version, :kind, :cells, :width, :bits, :rho, :root,
              :refusal, :leaf, :at, :consumer, :lineage)
            """)
        .bind("contract", epoch.contractId().value())
        .bind("product", epoch.productId().value())
        .bind("rollup", epoch.rollupId())
        .bind("version", epoch.dataVersion())
        .bind("kind", epoch.kind().name())
        .bind("cells", epoch.cells())
        .bind("width", epoch.width())
        .bind("bits", epoch.cellBits())
        .bind("rho", epoch.nanoRho())
        .bind("root", epoch.root())
        .bind("refusal", epoch.refusal())
        .bind("leaf", epoch.leaf().value())
        .bind("at", epoch.closedAt().atOffset(ZoneOffset.UTC))
        .bind("consumer", use.consumer().value())
        .bind("lineage", use.lineage().value())
        .execute();
  }

  private static Epoch epoch(ResultSet row) throws SQLException {
    return new Epoch(
        new ContractId(row.getObject("contract_id", UUID.class)),
        new ProductId(row.getObject("product_id", UUID.class)),
        row.getString("rollup_id"),
        row.getLong("data_version"),
        ProductKind.valueOf(row.getString("kind")),
        row.getInt("cells"),
        row.getInt("width"),
        row.getInt("cell_bits"),
        row.getLong("nano_rho"),
        row.getString("root"),
        Optional.ofNullable(row.getString("refusal")),
        new LeafId(row.getObject("leaf_id", UUID.class)),
        row.getObject("closed_at", OffsetDateTime.class).toInstant());
  }
}
