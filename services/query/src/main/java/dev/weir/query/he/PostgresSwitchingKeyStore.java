package dev.weir.query.he;

import dev.weir.kernel.CreditCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Switching keys in {@code query.switching_keys}. */
final class PostgresSwitchingKeyStore implements SwitchingKeyStore {

  @Override
  public void add(Handle handle, CreditCode party, String sha256, byte[] content, Instant at) {
    handle
        .createUpdate(
            """
            insert into query.switching_keys (party, sha256, content, bytes, uploaded_at, used_at)
            values (:party, :sha256, :content, :bytes, :at, :at)
            on conflict (party, sha256) do update set used_at = :at, dropped_at = null
            """)
        .bind("party", party.value())
        .bind("sha256", sha256)
        .bind("content", content)
        .bind("bytes", content.length)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public Optional<Integer> use(Handle handle, CreditCode party, String sha256, Instant at) {
    return handle
        .createQuery(
            """
            update query.switching_keys set used_at = greatest(used_at, :at)
            where party = :party and sha256 = :sha256 and dropped_at is null returning bytes
            """)
        .bind("party", party.value())
        .bind("sha256", sha256)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .mapTo(Integer.class)
        .findOne();
  }

  @Override
  public long bytes(Handle handle, CreditCode party) {
    handle
        .createQuery("select 1 from pg_advisory_xact_lock(hashtext('he-keys ' || :party))")
        .bind("party", party.value())
        .mapTo(Integer.class)
        .one();
    return handle
        .createQuery(
            """
            select coalesce(sum(bytes), 0) from query.switching_keys
            where party = :party and dropped_at is null
            """)
        .bind("party", party.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean dropIdle(Handle handle, CreditCode party, Instant idleSince, Instant at) {
    var oldest =
        handle
            .createQuery(
                """
                select sha256 from query.switching_keys k
                where party = :party and dropped_at is null and used_at < :idle
                  and not exists (select from query.he_tickets t
                    where t.party = k.party and t.switching_keys = k.sha256
                      and t.status in ('ASKED', 'RUNNING'))
                order by used_at limit 1
                """)
            .bind("party", party.value())
            .bind("idle", idleSince.atOffset(ZoneOffset.UTC))
            .mapTo(String.class)
            .findOne();
    oldest.ifPresent(sha256 -> drop(handle, party, sha256, at));
    return oldest.isPresent();
  }

  /** What no question used is of no use to an auditor either. */
  private static void drop(Handle handle, CreditCode party, String sha256, Instant at) {
    int unused =
        handle
            .createUpdate(
                """
                delete from query.switching_keys k where party = :party and sha256 = :sha256
                  and not exists (select from query.he_tickets t
                    where t.party = k.party and t.switching_keys = k.sha256)
                """)
            .bind("party", party.value())
            .bind("sha256", sha256)
            .execute();
    if (unused == 0) {
      handle
          .createUpdate(
              """
              update query.switching_keys set dropped_at = :at
              where party = :party and sha256 = :sha256
              """)
          .bind("party", party.value())
          .bind("sha256", sha256)
          .bind("at", at.atOffset(ZoneOffset.UTC))
          .execute();
    }
  }

  @Override
  public Optional<byte[]> content(Handle handle, CreditCode party, String sha256) {
    return handle
        .createQuery(
            "select content from query.switching_keys where party = :party and sha256 = :sha256")
        .bind("party", party.value())
        .bind("sha256", sha256)
        .mapTo(byte[].class)
        .findOne();
  }
}
