package dev.weir.space.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/** Rounds, each with the exact bytes that parties sign. Only ever added to. Stateless. */
public final class PostgresRoundStore {

  void add(Handle handle, ContractTerms terms, byte[] bytes, String note, Hand by) {
    handle
        .createUpdate(
            """
            insert into space.contract_rounds
              (contract_id, round, author, subject, at, note, terms, terms_sha256)
            values (:id, :round, :author, :subject, :at, :note, :terms, :sha256)
            """)
        .bind("id", terms.id().value())
        .bind("round", terms.round())
        .bind("author", by.party().value())
        .bind("subject", by.subject())
        .bind("at", by.at().atOffset(ZoneOffset.UTC))
        .bind("note", note)
        .bind("terms", bytes)
        .bind("sha256", Json.sha256Hex(bytes))
        .execute();
  }

  /**
   * The bytes of the contract's newest round.
   *
   * @throws IllegalStateException when they are not the bytes that were agreed on: the database was
   *     tampered with
   */
  byte[] bytes(Handle handle, Contract contract) {
    byte[] bytes = bytes(handle, contract.id(), contract.round());
    if (!Json.sha256Hex(bytes).equals(contract.termsSha256())) {
      throw new IllegalStateException("terms of contract " + contract.id() + " were altered");
    }
    return bytes;
  }

  byte[] bytes(Handle handle, ContractId id, int round) {
    return handle
        .createQuery(
            """
            select terms from space.contract_rounds
            where contract_id = :id and round = :round
            """)
        .bind("id", id.value())
        .bind("round", round)
        .mapTo(byte[].class)
        .findOne()
        .orElseThrow(Plane::notFound);
  }

  /** Whose round the newest one is. */
  CreditCode author(Handle handle, Contract contract) {
    return handle
        .createQuery(
            """
            select author from space.contract_rounds
            where contract_id = :id and round = :round
            """)
        .bind("id", contract.id().value())
        .bind("round", contract.round())
        .mapTo(String.class)
        .findOne()
        .map(CreditCode::of)
        .orElseThrow(Plane::notFound);
  }

  ContractTerms terms(Handle handle, Contract contract) {
    return read(bytes(handle, contract));
  }

  Page<Round> list(Handle handle, ContractId id, PageRequest page) {
    var found =
        handle
            .createQuery(
                """
                select round, author, at, note, terms, terms_sha256 from space.contract_rounds
                where contract_id = :id and round > :after order by round limit :fetch
                """)
            .bind("id", id.value())
            .bind("after", Cursor.number(page))
            .bind("fetch", page.fetch())
            .map((row, context) ->
                new Round(
                    row.getInt("round"),
                    CreditCode.of(row.getString("author")),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("note"),
                    row.getString("terms_sha256"),
                    read(row.getBytes("terms"))))
            .list();
    return Page.of(found, page, round -> Integer.toString(round.round()));
  }

  private static ContractTerms read(byte[] bytes) {
    return Documents.read(new String(bytes, StandardCharsets.UTF_8), ContractTerms.class);
  }
}
