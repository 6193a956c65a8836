package dev.weir.space.participant;

import dev.weir.kernel.CreditCode;
import dev.weir.space.change.Plane;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Challenges given out; each is used at most once. Stateless. */
final class PostgresKeyChallengeStore {

  void insert(Handle handle, KeyChallenge challenge, String publicKey, byte[] toSign) {
    handle
        .createUpdate(
            """
            insert into space.key_challenges
              (id, credit_code, suite, public_key, to_sign, expires_at)
            values (:id, :code, :suite, :publicKey, :toSign, :expiresAt)
            """)
        .bind("id", challenge.id())
        .bind("code", challenge.creditCode().value())
        .bind("suite", challenge.suite())
        .bind("publicKey", publicKey)
        .bind("toSign", toSign)
        .bind("expiresAt", challenge.expiresAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /**
   * Takes a challenge out of use and returns it; one that is used, late or another's is unknown.
   */
  Taken take(Handle handle, UUID id, CreditCode code, Instant now) {
    return handle
        .createQuery(
            """
            update space.key_challenges set used_at = :now
            where id = :id and credit_code = :code and used_at is null and expires_at > :now
            returning suite, public_key, to_sign
            """)
        .bind("id", id)
        .bind("code", code.value())
        .bind("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .map((row, context) ->
            new Taken(row.getString("suite"), row.getString("public_key"), row.getBytes("to_sign")))
        .findOne()
        .orElseThrow(Plane::notFound);
  }

  /** A challenge taken out of use. */
  static final class Taken {
    private final String suite;
    private final String publicKey;
    private final byte[] toSign;

    private Taken(String suite, String publicKey, byte[] toSign) {
      this.suite = suite;
      this.publicKey = publicKey;
      this.toSign = toSign;
    }

    String suite() {
      return suite;
    }

    String publicKey() {
      return publicKey;
    }

    byte[] toSign() {
      return toSign.clone();
    }
  }
}
