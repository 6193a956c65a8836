package dev.weir.space.change;

import dev.weir.kernel.CreditCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Every code ever assigned, so that none is assigned twice: rows cannot be changed or removed.
 * Stateless.
 */
public final class PostgresCodes {
  private static final int ATTEMPTS = 8;
  private static final int AREA_START = 2;
  private static final int AREA_END = 6;

  /**
   * @param draw proposes a fresh code at each call
   * @return the first proposal that nobody holds, now held by {@code holder}
   */
  public <T> T assign(Handle handle, String kind, UUID holder, Instant now, Supplier<T> draw) {
    for (int i = 0; i < ATTEMPTS; i++) {
      T code = draw.get();
      if (take(handle, kind, holder, now, code.toString())) {
        return code;
      }
    }
    throw new IllegalStateException("no free code after " + ATTEMPTS + " draws");
  }

  /** The four digits of the area in which a subject is registered. */
  public static String areaOf(CreditCode subject) {
    return subject.value().substring(AREA_START, AREA_END);
  }

  private static boolean take(Handle handle, String kind, UUID holder, Instant now, String code) {
    return handle
            .createUpdate(
                """
                insert into space.codes (code, kind, holder, assigned_at)
                values (:code, :kind, :holder, :at)
                on conflict do nothing
                """)
            .bind("code", code)
            .bind("kind", kind)
            .bind("holder", holder)
            .bind("at", now.atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }
}
