package dev.weir.space.participant;

import dev.weir.kernel.CreditCode;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Plane;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Participants and the keys ever taken. Stateless. */
public final class PostgresParticipantStore {

  boolean insert(Handle handle, Participant participant) {
    return handle
            .createUpdate(
                """
                insert into space.participants (credit_code, version, active, document)
                values (:code, :version, :active, :document)
                on conflict do nothing
                """)
            .bind("code", participant.creditCode().value())
            .bind("version", participant.version())
            .bind("active", participant.active())
            .bind("document", Documents.write(participant))
            .execute()
        == 1;
  }

  void update(Handle handle, Participant participant) {
    handle
        .createUpdate(
            """
            update space.participants
            set version = :version, active = :active, document = :document
            where credit_code = :code
            """)
        .bind("code", participant.creditCode().value())
        .bind("version", participant.version())
        .bind("active", participant.active())
        .bind("document", Documents.write(participant))
        .execute();
  }

  public Optional<Participant> find(Handle handle, CreditCode code) {
    return handle
        .createQuery("select document from space.participants where credit_code = :code")
        .bind("code", code.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Participant.class));
  }

  Participant lock(Handle handle, CreditCode code) {
    return handle
        .createQuery(
            "select document from space.participants where credit_code = :code for no key update")
        .bind("code", code.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Participant.class))
        .orElseThrow(Plane::notFound);
  }

  List<Cursor.Placed<Participant>> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.participants
            where seq > :after order by seq limit :fetch
            """)
        .bind("after", Cursor.number(page))
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"), Documents.read(row.getString("document"), Participant.class)))
        .list();
  }

  /**
   * @return false when the key was ever taken, by whomever
   */
  boolean takeKey(Handle handle, String keyId, CreditCode code, String suite, Instant at) {
    return handle
            .createUpdate(
                """
                insert into space.participant_keys (key_id, credit_code, suite, registered_at)
                values (:keyId, :code, :suite, :at)
                on conflict do nothing
                """)
            .bind("keyId", keyId)
            .bind("code", code.value())
            .bind("suite", suite)
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }
}
