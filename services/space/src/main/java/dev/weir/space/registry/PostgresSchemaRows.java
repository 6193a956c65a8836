package dev.weir.space.registry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Schemas and the subjects they are versions of; only ever added to. Stateless. */
final class PostgresSchemaRows {

  /** Until the transaction ends nobody else registers under the subject. */
  void lockSubject(Handle handle, String subject) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:subject, 7041))::text")
        .bind("subject", subject)
        .mapTo(String.class)
        .one();
  }

  /** Oldest first. */
  List<RegisteredSchema> versions(Handle handle, String subject) {
    return handle
        .createQuery(
            """
            select subject, schema_id, version, text
            from space.schema_versions join space.schemas on schemas.id = schema_id
            where subject = :subject
            order by version
            """)
        .bind("subject", subject)
        .map((row, context) ->
            new RegisteredSchema(
                row.getString("subject"),
                row.getInt("schema_id"),
                row.getInt("version"),
                row.getString("text")))
        .list();
  }

  List<String> subjects(Handle handle) {
    return handle
        .createQuery("select distinct subject from space.schema_versions order by 1")
        .mapTo(String.class)
        .list();
  }

  Optional<String> text(Handle handle, int id) {
    return handle
        .createQuery("select text from space.schemas where id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  int idOf(Handle handle, String fingerprint, String text) {
    handle
        .createUpdate(
            """
            insert into space.schemas (fingerprint, text) values (:fingerprint, :text)
            on conflict do nothing
            """)
        .bind("fingerprint", fingerprint)
        .bind("text", text)
        .execute();
    return handle
        .createQuery("select id from space.schemas where fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint)
        .mapTo(Integer.class)
        .one();
  }

  void addVersion(Handle handle, String subject, int version, int id, Instant now) {
    handle
        .createUpdate(
            """
            insert into space.schema_versions (subject, version, schema_id, at)
            values (:subject, :version, :id, :at)
            """)
        .bind("subject", subject)
        .bind("version", version)
        .bind("id", id)
        .bind("at", now.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
