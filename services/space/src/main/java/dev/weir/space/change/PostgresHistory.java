package dev.weir.space.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.CreditCode;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/** The history table: the application can add to it and read it, nothing else. Stateless. */
public final class PostgresHistory {

  void add(Handle handle, Hand by, Change change) {
    handle
        .createUpdate(
            """
            insert into space.history
              (kind, id, version, at, step, party, subject, readers, document)
            values (:kind, :id, :version, :at, :step, :party, :subject, :readers, :document)
            """)
        .bind("kind", change.thing().kind())
        .bind("id", change.id())
        .bind("version", change.version())
        .bind("at", by.at().atOffset(ZoneOffset.UTC))
        .bind("step", change.step())
        .bind("party", by.party().value())
        .bind("subject", by.subject())
        .bindArray(
            "readers", String.class, change.readers().stream().map(CreditCode::value).toList())
        .bind("document", Documents.write(change.document()))
        .execute();
  }

  /** Oldest first; what the caller may not read is not there. */
  public Page<HistoryEntry> list(Handle handle, Change.Thing thing, String id, PageRequest page) {
    var found =
        handle
            .createQuery(
                """
                select version, at, step, party, subject, document
                from space.history
                where kind = :kind and id = :id and version > :after
                order by version
                limit :fetch
                """)
            .bind("kind", thing.kind())
            .bind("id", id)
            .bind("after", Cursor.number(page))
            .bind("fetch", page.fetch())
            .map((row, context) ->
                new HistoryEntry(
                    row.getLong("version"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("step"),
                    CreditCode.of(row.getString("party")),
                    row.getString("subject"),
                    Documents.read(row.getString("document"), JsonNode.class)))
            .list();
    return Page.of(found, page, entry -> Long.toString(entry.version()));
  }
}
