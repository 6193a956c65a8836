package dev.weir.query.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Queries in PostgreSQL, schema {@code query}. */
final class PostgresQueryJobStore implements QueryJobStore {
  private static final ObjectMapper JSON = Json.mapper();

  private final UUID instance;

  /**
   * @param instance owner of the queries that are added
   */
  PostgresQueryJobStore(UUID instance) {
    this.instance = instance;
  }

  @Override
  public QueryJob add(Handle handle, QueryJob job) {
    int added =
        bind(
                handle.createUpdate(
                    """
                    INSERT INTO query.queries (id, request_key, contract_id, party, providers, products, subject, purpose, sql_text,
                      canonical_sha, status, decision, rule, nano_rho, fen, answer, refusal, receipt_leaf, created_at, finished_at,
                      owner, request_sha256)
                    VALUES (:id, :requestKey, :contract, :party, CAST(:providers AS text[]), CAST(:products AS uuid[]), :subject, :purpose,
                      :sql, :canonical, :status, :decision, :rule, :nanoRho, :fen, CAST(:answer AS jsonb), CAST(:refusal AS jsonb),
                      CAST(:receipt AS uuid), :createdAt, CAST(:finishedAt AS timestamptz), :owner, :requestSha)
                    ON CONFLICT (party, request_key) DO NOTHING
                    """),
                job)
            .bind("owner", instance)
            .bind("requestSha", job.requestSha256())
            .execute();
    return added == 1
        ? find(handle, job.id()).orElse(job)
        : findByKey(handle, job.party(), job.requestKey()).orElse(job);
  }

  @Override
  public Optional<QueryJob> findByKey(Handle handle, CreditCode party, String requestKey) {
    return handle
        .createQuery("SELECT * FROM query.queries WHERE party = :party AND request_key = :key")
        .bind("party", party.value())
        .bind("key", requestKey)
        .map((rows, context) -> read(rows))
        .findOne();
  }

  @Override
  public Optional<QueryJob> find(Handle handle, QueryId id) {
    return handle
        .createQuery("SELECT * FROM query.queries WHERE id = :id")
        .bind("id", id.value())
        .map((rows, context) -> read(rows))
        .findOne();
  }

  @Override
  public Optional<QueryJob> lock(Handle handle, QueryId id) {
    return handle
        .createQuery("SELECT * FROM query.queries WHERE id = :id FOR UPDATE")
        .bind("id", id.value())
        .map((rows, context) -> read(rows))
        .findOne();
  }

  @Override
  public boolean move(Handle handle, QueryStatus from, QueryJob changed) {
    return bind(
                handle.createUpdate(
                    """
                    UPDATE query.queries SET status = :status, decision = :decision, rule = :rule, nano_rho = :nanoRho, fen = :fen, answer = CAST(:answer AS jsonb),
                      refusal = CAST(:refusal AS jsonb), receipt_leaf = CAST(:receipt AS uuid), finished_at = CAST(:finishedAt AS timestamptz)
                    WHERE id = :id AND status = :from
                    """),
                changed)
            .bind("from", from.name())
            .execute()
        == 1;
  }

  @Override
  public List<QueryJob> list(
      Handle handle, CreditCode party, Optional<ContractId> contract, PageRequest page) {
    return handle
        .createQuery(
            """
            SELECT * FROM query.queries
            WHERE party = :party
              AND (CAST(:contract AS uuid) IS NULL OR contract_id = CAST(:contract AS uuid))
              AND (CAST(:before AS bigint) IS NULL OR seq < CAST(:before AS bigint))
            ORDER BY seq DESC LIMIT :fetch
            """)
        .bind("party", party.value())
        .bind("contract", contract.map(ContractId::value).orElse(null))
        .bind("before", before(page))
        .bind("fetch", page.fetch())
        .map((rows, context) -> read(rows))
        .list();
  }

  private static @Nullable Long before(PageRequest page) {
    try {
      return page.after().isEmpty() ? null : Long.valueOf(page.after());
    } catch (NumberFormatException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "The cursor is not one that this service gave out.");
    }
  }

  @Override
  public List<QueryJob> unfinished(Handle handle, Instant before) {
    return handle
        .createQuery(
            """
            SELECT * FROM query.queries q
            WHERE status IN ('ACCEPTED', 'RUNNING')
              AND ((owner = :self AND created_at < :before) OR NOT EXISTS (
                SELECT FROM query.instances i WHERE i.id = q.owner AND i.alive_until > now()))
            ORDER BY seq LIMIT 500
            """)
        .bind("self", instance)
        .bind("before", utc(before))
        .map((rows, context) -> read(rows))
        .list();
  }

  @Override
  public Map<ProductId, List<Long>> answered(
      Handle handle, ContractId contract, List<ProductId> products, List<Instant> since) {
    return handle
        .createQuery(
            """
            SELECT product, array_agg(answered ORDER BY position) AS answered FROM (
              SELECT product, position, count(q.id) AS answered
              FROM unnest(:products) AS p (product)
              CROSS JOIN unnest(CAST(:since AS timestamptz[])) WITH ORDINALITY AS s (since, position)
              LEFT JOIN query.queries q ON q.contract_id = :contract AND product = ANY (q.products)
                AND q.status = 'DONE' AND q.finished_at > s.since
                AND EXISTS (SELECT 1 FROM ledger.readings r WHERE r.request_id = q.id)
              GROUP BY product, position) counted
            GROUP BY product
            """)
        .bind("contract", contract.value())
        .bindArray("products", UUID.class, products.stream().map(ProductId::value).toList())
        .bindArray("since", String.class, since.stream().map(Instant::toString).toList())
        .map((row, context) ->
            Map.entry(
                new ProductId(row.getObject("product", UUID.class)),
                List.of((Long[]) row.getArray("answered").getArray())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public long refused(Handle handle, ContractId contract, List<String> rules) {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM query.queries
            WHERE contract_id = :contract AND status = 'REFUSED'
              AND refusal #>> '{reasons,0,rule}' = ANY (:rules)
            """)
        .bind("contract", contract.value())
        .bindArray("rules", String.class, rules)
        .mapTo(Long.class)
        .one();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, QueryJob job) {
    return statement
        .bind("id", job.id().value())
        .bind("requestKey", job.requestKey())
        .bind("contract", job.contractId().value())
        .bind("party", job.party().value())
        .bind("providers", array(job.providers().stream().map(CreditCode::value)))
        .bind("products", array(job.products().stream().map(ProductId::toString)))
        .bind("subject", job.subject())
        .bind("purpose", job.purpose())
        .bind("sql", job.sql())
        .bind("canonical", job.canonicalSha256().orElse(null))
        .bind("status", job.status().name())
        .bind("decision", job.decision().orElse(null))
        .bind("rule", job.rule().orElse(null))
        .bind("nanoRho", job.nanoRho())
        .bind("fen", job.fen())
        .bind("answer", job.answer().map(PostgresQueryJobStore::json).orElse(null))
        .bind("refusal", job.refusal().map(PostgresQueryJobStore::json).orElse(null))
        .bind("receipt", job.receiptLeaf().map(LeafId::value).orElse(null))
        .bind("createdAt", utc(job.createdAt()))
        .bind("finishedAt", job.finishedAt().map(PostgresQueryJobStore::utc).orElse(null));
  }

  /** Credit codes and UUIDs hold no character that an array literal would need to escape. */
  private static String array(Stream<String> items) {
    return "{" + String.join(",", items.toList()) + "}";
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static QueryJob read(ResultSet row) throws SQLException {
    return new QueryJob(
        new QueryId(row.getObject("id", UUID.class)),
        row.getLong("seq"),
        row.getString("request_key"),
        row.getString("request_sha256"),
        new ContractId(row.getObject("contract_id", UUID.class)),
        CreditCode.of(row.getString("party")),
        strings(row, "providers").map(CreditCode::of).toList(),
        strings(row, "products").map(ProductId::of).toList(),
        row.getString("subject"),
        row.getString("purpose"),
        row.getString("sql_text"),
        Optional.ofNullable(row.getString("canonical_sha")),
        QueryStatus.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("decision")),
        Optional.ofNullable(row.getString("rule")),
        row.getLong("nano_rho"),
        row.getLong("fen"),
        parse(row.getString("answer"), AnswerView.class),
        parse(row.getString("refusal"), RefusalView.class),
        Optional.ofNullable(row.getObject("receipt_leaf", UUID.class)).map(LeafId::new),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Stream<String> strings(ResultSet row, String column) throws SQLException {
    return Arrays.stream((Object[]) row.getArray(column).getArray()).map(Object::toString);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("views can always be written", e);
    }
  }

  private static <T> Optional<T> parse(@Nullable String json, Class<T> type) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored view cannot be read", e);
    }
  }
}
