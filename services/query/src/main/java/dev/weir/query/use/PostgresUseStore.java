package dev.weir.query.use;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.runtime.http.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Uses in {@code query.uses}, and {@code query.queries} beside them. */
public final class PostgresUseStore implements UseStore {
  private static final String SEPARATOR = " ";

  @Override
  public void add(Handle handle, Use use) {
    handle
        .createUpdate(
            """
            insert into query.uses (id, kind, contract_id, product_id, provider, consumer, purpose, status,
              decision, rule, created_at)
            values (:id, :kind, :contract, :product, :provider, :consumer, :purpose, :status, :decision,
              :rule, :at)
            """)
        .bind("id", use.id())
        .bind("kind", use.kind().name())
        .bind("contract", use.contractId().value())
        .bind("product", use.productId().value())
        .bind("provider", use.provider().value())
        .bind("consumer", use.consumer().value())
        .bind("purpose", use.purpose())
        .bind("status", use.status().name())
        .bind("decision", use.decision())
        .bind("rule", use.rule())
        .bind("at", use.at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public void accept(Handle handle, UUID id, Instant at) {
    handle
        .createUpdate(
            "update query.uses set status = 'ACCEPTED', created_at = :at"
                + " where id = :id and status = 'OPEN'")
        .bind("id", id)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public void end(Handle handle, UUID id, End end) {
    handle
        .createUpdate(
            """
            update query.uses set status = :status, rule = coalesce(:rule, rule), nano_rho = :rho,
              fen = :fen, receipt_leaf = :leaf, finished_at = :at
            where id = :id
            """)
        .bind("id", id)
        .bind("status", end.status().name())
        .bind("rule", end.rule())
        .bind("rho", end.nanoRho())
        .bind("fen", end.fen())
        .bind("leaf", end.leaf().value())
        .bind("at", end.at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public Set<String> exactRollups(Handle handle, CreditCode consumer, Set<LineageId> lineages) {
    return handle
        .createQuery(
            """
            select distinct rollup_id from query.epochs
            where consumer = :consumer and kind = 'EXACT' and refusal is null
              and lineage_id = any (:lineages)
            """)
        .bind("consumer", consumer.value())
        .bindArray("lineages", UUID.class, lineages.stream().map(LineageId::value).toList())
        .mapTo(String.class)
        .collectIntoSet();
  }

  @Override
  public List<UseView> list(
      Handle handle, CreditCode provider, Optional<ContractId> contract, PageRequest page) {
    var after = After.of(page);
    return handle
        .createQuery(
            """
            select * from (
              select id, 'QUERY' as kind, contract_id, party as consumer, purpose, products, status, decision,
                rule, nano_rho, fen, receipt_leaf, created_at, finished_at
              from query.queries where cast(:provider as text) = any (providers)
              union all
              select id, kind, contract_id, consumer, purpose, array[product_id], status, decision, rule,
                nano_rho, fen, receipt_leaf, created_at, finished_at
              from query.uses where provider = :provider and status <> 'OPEN') as every
            where (cast(:contract as uuid) is null or contract_id = cast(:contract as uuid))
              and (cast(:at as timestamptz) is null
                or (created_at, id) < (cast(:at as timestamptz), cast(:id as uuid)))
            order by created_at desc, id desc limit :fetch
            """)
        .bind("provider", provider.value())
        .bind("contract", contract.map(ContractId::value))
        .bind("at", after.map(one -> one.at().atOffset(ZoneOffset.UTC)))
        .bind("id", after.map(After::id))
        .bind("fetch", page.fetch())
        .map((row, context) -> view(row))
        .list();
  }

  /** Where the next page begins. */
  public static String key(UseView use) {
    return use.createdAt() + SEPARATOR + use.id();
  }

  private record After(Instant at, UUID id) {
    static Optional<After> of(PageRequest page) {
      if (page.after().isEmpty()) {
        return Optional.empty();
      }
      var parts = page.after().split(SEPARATOR, 2);
      try {
        return Optional.of(new After(Instant.parse(parts[0]), UUID.fromString(parts[1])));
      } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST, "The cursor is not one that this service gave out.");
      }
    }
  }

  private static UseView view(ResultSet row) throws SQLException {
    return new UseView(
        row.getObject("id", UUID.class),
        UseKind.valueOf(row.getString("kind")),
        new ContractId(row.getObject("contract_id", UUID.class)),
        CreditCode.of(row.getString("consumer")),
        row.getString("purpose"),
        Arrays.stream((UUID[]) row.getArray("products").getArray()).map(ProductId::new).toList(),
        UseStatus.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("decision")),
        Optional.ofNullable(row.getString("rule")),
        row.getLong("nano_rho"),
        row.getLong("fen"),
        Optional.ofNullable(row.getObject("receipt_leaf", UUID.class)).map(LeafId::new),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
