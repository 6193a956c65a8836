package dev.weir.audit.retention;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** {@link RetentionStore} in {@code audit.retention}. */
public final class PostgresRetentionStore implements RetentionStore {
  private static final int MAX_DAYS = 36_525;

  private final Database database;
  private final EvidenceLog evidence;
  private final InstantSource clock;
  private final String bundle;

  /**
   * @param bundle version of the policy bundle in force
   */
  public PostgresRetentionStore(
      Database database, EvidenceLog evidence, InstantSource clock, String bundle) {
    this.database = database;
    this.evidence = evidence;
    this.clock = clock;
    this.bundle = bundle;
  }

  @Override
  public Retention get(RetentionClass retained) {
    return database.asService(
        "retention", handle -> view(handle, retained, days(handle, retained)));
  }

  @Override
  public Retention raise(Caller caller, RetentionClass retained, int days) {
    return database.inTransaction(
        caller,
        "raise-retention",
        handle -> {
          handle.execute("lock table audit.retention in exclusive mode");
          int present = days(handle, retained);
          if (days < present || days > MAX_DAYS) {
            throw new ProblemException(
                ProblemType.VALIDATION_FAILED,
                "Retention is raised only, to at most " + MAX_DAYS + " days.",
                Map.of("inForceDays", present));
          }
          save(handle, caller, retained, days);
          return view(handle, retained, days);
        });
  }

  private void save(Handle handle, Caller caller, RetentionClass retained, int days) {
    var now = clock.instant();
    handle
        .createUpdate(
            """
            insert into audit.retention (class, days, set_by, at)
            values (:class, :days, :actor, :at)
            on conflict (class) do update
            set days = excluded.days, set_by = excluded.set_by, at = excluded.at
            """)
        .bind("class", retained.slug())
        .bind("days", days)
        .bind("actor", caller.subject())
        .bind("at", Timestamp.from(now))
        .execute();
    evidence.append(
        handle,
        EvidenceRecord.of(
            EvidenceKind.ADMINISTRATION,
            now,
            caller.party(),
            caller.subject(),
            Operation.RETENTION_SET,
            retained.slug(),
            bundle,
            Map.of("days", Integer.toString(days))));
  }

  private static int days(Handle handle, RetentionClass retained) {
    int set =
        handle
            .createQuery("select coalesce(max(days), 0) from audit.retention where class = :class")
            .bind("class", retained.slug())
            .mapTo(Integer.class)
            .one();
    return Math.max(set, PostgresRetentionFloors.days(handle, retained));
  }

  private static Retention view(Handle handle, RetentionClass retained, int days) {
    return new Retention(retained.slug(), PostgresRetentionFloors.days(handle, retained), days);
  }
}
