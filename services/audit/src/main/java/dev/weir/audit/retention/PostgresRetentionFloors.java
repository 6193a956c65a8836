package dev.weir.audit.retention;

import dev.weir.policy.bundle.Floors;
import dev.weir.runtime.sql.Database;
import io.dropwizard.lifecycle.Managed;
import org.jdbi.v3.core.Handle;

/**
 * Puts the policy bundle's floors into the database when the service starts, where a trigger guards
 * them. A bundle that lowers one stops the start. Thread-safe.
 */
public final class PostgresRetentionFloors implements Managed {
  private final Database database;
  private final Floors floors;
  private final String bundle;

  /**
   * @param bundle version of the policy bundle that holds the floors
   */
  public PostgresRetentionFloors(Database database, Floors floors, String bundle) {
    this.database = database;
    this.floors = floors;
    this.bundle = bundle;
  }

  /**
   * @throws IllegalStateException when a floor in force is higher than the bundle's
   */
  @Override
  public void start() {
    database.asService(
        "retention-floors",
        handle -> {
          for (RetentionClass retained : RetentionClass.values()) {
            raise(handle, retained);
          }
          return true;
        });
  }

  private void raise(Handle handle, RetentionClass retained) {
    int wanted = retained.floorDays(floors);
    handle
        .createUpdate(
            """
            insert into audit.retention_floor as f (class, days, bundle)
            values (:class, :days, :bundle)
            on conflict (class) do update set days = excluded.days, bundle = excluded.bundle
            where f.days < excluded.days
            """)
        .bind("class", retained.slug())
        .bind("days", wanted)
        .bind("bundle", bundle)
        .execute();
    int inForce = days(handle, retained);
    if (inForce > wanted) {
      throw new IllegalStateException(
          "the policy bundle lowers the retention floor of %s from %d to %d days"
              .formatted(retained.slug(), inForce, wanted));
    }
    // What was set lower before the floor rose rises with it.
    handle
        .createUpdate(
            """
            update audit.retention set days = :days, set_by = 'bundle'
            where class = :class and days < :days
            """)
        .bind("class", retained.slug())
        .bind("days", wanted)
        .execute();
  }

  static int days(Handle handle, RetentionClass retained) {
    return handle
        .createQuery("select days from audit.retention_floor where class = :class")
        .bind("class", retained.slug())
        .mapTo(Integer.class)
        .one();
  }
}
