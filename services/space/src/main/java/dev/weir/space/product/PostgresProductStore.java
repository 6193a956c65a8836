package dev.weir.space.product;

import dev.weir.kernel.ProductId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Plane;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Data products. Stateless. */
public final class PostgresProductStore {

  void insert(Handle handle, Product product) {
    bind(
            handle.createUpdate(
                """
                insert into space.products
                  (id, version, resource_id, provider, operator, status, audience, kind, level,
                   topic, title, document)
                values
                  (:id, :version, :resource, :provider, :operator, :status, :audience, :kind, :level,
                   :topic, :title, :document)
                """),
            product)
        .execute();
  }

  void update(Handle handle, Product product) {
    bind(
            handle.createUpdate(
                """
                update space.products
                set version = :version, resource_id = :resource, operator = :operator,
                    status = :status, audience = :audience, kind = :kind, level = :level,
                    topic = :topic, title = :title, document = :document
                where id = :id and provider = :provider
                """),
            product)
        .execute();
  }

  public Optional<Product> find(Handle handle, ProductId id) {
    return read(handle, "select document from space.products where id = :id", id);
  }

  Product lock(Handle handle, ProductId id) {
    // A listed product is seen by parties that may not lock it; they get the same refusal as for
    // any other step that is not theirs.
    return read(handle, "select document from space.products where id = :id for no key update", id)
        .or(() -> find(handle, id))
        .orElseThrow(Plane::notFound);
  }

  List<Cursor.Placed<Product>> search(Handle handle, ProductSearch search, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.products
            where seq > :after
              and (:text = '' or position(:text in title) > 0)
              and (:owner = '' or provider = :owner)
              and (:topic = '' or topic = :topic)
              and (:status = '' or status = :status)
              and (:kind = '' or kind = :kind)
              and level <= :maxLevel
            order by seq
            limit :fetch
            """)
        .bind("after", Cursor.number(page))
        .bind("text", search.text().toLowerCase(Locale.ROOT))
        .bind("owner", search.owner())
        .bind("topic", search.topic())
        .bind("status", search.status())
        .bind("kind", search.kind())
        .bind("maxLevel", search.maxLevel())
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"), Documents.read(row.getString("document"), Product.class)))
        .list();
  }

  /** Listed products whose resource is in no domain any more. */
  List<ProductId> listedWithoutAuthorisation(Handle handle) {
    return handle
        .createQuery(
            """
            select products.id from space.products
            join space.resources on resources.id = products.resource_id
            where products.status = 'LISTED' and resources.domain_id is null limit 100
            """)
        .map((row, context) -> ProductId.of(row.getString("id")))
        .list();
  }

  private static Optional<Product> read(Handle handle, String sql, ProductId id) {
    return handle
        .createQuery(sql)
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Product.class));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Product product) {
    var terms = product.terms();
    return statement
        .bind("id", terms.id().value())
        .bind("version", product.version())
        .bind("resource", terms.resourceId().value())
        .bind("provider", terms.provider().value())
        .bind("operator", product.operator().value())
        .bind("status", product.status().name())
        .bind("audience", product.audience().name())
        .bind("kind", terms.kind().name())
        .bind("level", product.level())
        .bind("topic", product.topic())
        .bind("title", (terms.title().zh() + '\n' + terms.title().en()).toLowerCase(Locale.ROOT))
        .bind("document", Documents.write(product));
  }
}
