package dev.weir.space.domain;

import dev.weir.kernel.DomainId;
import dev.weir.policy.state.DomainState.Status;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Plane;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Operation domains and the bytes of their agreements. Stateless. */
public final class PostgresDomainStore {

  void insert(Handle handle, OperationDomain domain, byte[] agreement) {
    handle
        .createUpdate(
            """
            insert into space.domains
              (id, version, operator, implementing_body, status, published, term_end, agreement,
               document)
            values
              (:id, :version, :operator, :body, :status, false, :termEnd, :agreement, :document)
            """)
        .bind("id", domain.id().value())
        .bind("version", domain.version())
        .bind("operator", domain.operator().value())
        .bind("body", domain.proposal().implementingBody().value())
        .bind("status", domain.status().name())
        .bind("termEnd", domain.proposal().term().to().atOffset(ZoneOffset.UTC))
        .bind("agreement", agreement)
        .bind("document", Documents.write(domain))
        .execute();
  }

  /** A domain that was active once stays public. */
  void update(Handle handle, OperationDomain domain) {
    handle
        .createUpdate(
            """
            update space.domains
            set version = :version, status = :status, published = published or :active,
                document = :document
            where id = :id
            """)
        .bind("id", domain.id().value())
        .bind("version", domain.version())
        .bind("status", domain.status().name())
        .bind("active", domain.status() == Status.ACTIVE)
        .bind("document", Documents.write(domain))
        .execute();
  }

  public Optional<OperationDomain> find(Handle handle, DomainId id) {
    return read(handle, "select document from space.domains where id = :id", id);
  }

  OperationDomain lock(Handle handle, DomainId id) {
    return read(handle, "select document from space.domains where id = :id for no key update", id)
        .orElseThrow(Plane::notFound);
  }

  /** Empty when another worker holds it. */
  Optional<OperationDomain> lockFree(Handle handle, DomainId id) {
    return read(
        handle,
        "select document from space.domains where id = :id for no key update skip locked",
        id);
  }

  Optional<byte[]> agreement(Handle handle, DomainId id) {
    return handle
        .createQuery("select agreement from space.domains where id = :id")
        .bind("id", id.value())
        .mapTo(byte[].class)
        .findOne();
  }

  List<DomainId> expired(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select id from space.domains
            where status <> 'CLOSED' and term_end <= :now order by term_end limit 100
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> DomainId.of(row.getString("id")))
        .list();
  }

  List<Cursor.Placed<OperationDomain>> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.domains where seq > :after order by seq limit :fetch
            """)
        .bind("after", Cursor.number(page))
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"),
                Documents.read(row.getString("document"), OperationDomain.class)))
        .list();
  }

  private static Optional<OperationDomain> read(Handle handle, String sql, DomainId id) {
    return handle
        .createQuery(sql)
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, OperationDomain.class));
  }
}
