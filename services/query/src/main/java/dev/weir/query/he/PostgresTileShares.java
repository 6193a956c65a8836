package dev.weir.query.he;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What the shares of a question came to, in {@code query.he_shares}. Works inside the caller's
 * transaction; those about one question exclude each other. Thread-safe.
 */
final class PostgresTileShares {

  /** How a share stood when its message came. */
  enum Begun {
    /** It is this worker's now. */
    NOW,
    /** A worker had begun it, and not ended. */
    BEFORE,
    /** It had been evaluated. */
    EVALUATED,
    /** The question has ended. */
    TOO_LATE
  }

  Begun begin(Handle handle, UUID ticket, int share) {
    if (!locked(handle, ticket, List.of("ASKED", "RUNNING"))) {
      return Begun.TOO_LATE;
    }
    handle
        .createUpdate(
            "update query.he_tickets set status = 'RUNNING' where id = :id and status = 'ASKED'")
        .bind("id", ticket)
        .execute();
    boolean mine =
        handle
                .createUpdate(
                    """
                    insert into query.he_shares (ticket_id, share) values (:id, :share)
                    on conflict do nothing
                    """)
                .bind("id", ticket)
                .bind("share", share)
                .execute()
            == 1;
    return mine ? Begun.NOW : evaluated(handle, ticket, share) ? Begun.EVALUATED : Begun.BEFORE;
  }

  /**
   * Keeps what a share came to.
   *
   * @return whether it was the last one of a question that still runs
   */
  boolean done(Handle handle, UUID ticket, int share, byte[] limbs) {
    if (!locked(handle, ticket, List.of("RUNNING"))) {
      return false;
    }
    handle
        .createUpdate(
            "update query.he_shares set limbs = :limbs where ticket_id = :id and share = :share")
        .bind("limbs", limbs)
        .bind("id", ticket)
        .bind("share", share)
        .execute();
    return complete(handle, ticket);
  }

  /** Whether every share was evaluated. */
  boolean complete(Handle handle, UUID ticket) {
    return handle
        .createQuery(
            """
            select t.shares = count(s.limbs) from query.he_tickets t
            join query.he_shares s on s.ticket_id = t.id
            where t.id = :id and t.status = 'RUNNING' group by t.shares
            """)
        .bind("id", ticket)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  /** What each share came to, in their order. */
  List<byte[]> limbs(Handle handle, UUID ticket) {
    return handle
        .createQuery("select limbs from query.he_shares where ticket_id = :id order by share")
        .bind("id", ticket)
        .mapTo(byte[].class)
        .list();
  }

  private static boolean evaluated(Handle handle, UUID ticket, int share) {
    return handle
        .createQuery(
            """
            select limbs is not null from query.he_shares
            where ticket_id = :id and share = :share
            """)
        .bind("id", ticket)
        .bind("share", share)
        .mapTo(Boolean.class)
        .one();
  }

  private static boolean locked(Handle handle, UUID ticket, List<String> wanted) {
    return handle
        .createQuery("select status from query.he_tickets where id = :id for update")
        .bind("id", ticket)
        .mapTo(String.class)
        .findOne()
        .filter(wanted::contains)
        .isPresent();
  }
}
