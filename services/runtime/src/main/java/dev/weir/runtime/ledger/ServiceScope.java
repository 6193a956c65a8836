package dev.weir.runtime.ledger;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets the ledger write within a caller's transaction: the caller may not see the lineage or the
 * other party's rows, the ledger has to. The setting is put back before the port returns; after a
 * failure the transaction is lost and the setting with it.
 */
final class ServiceScope {
  private ServiceScope() {}

  static <T extends @Nullable Object> T in(Handle handle, Supplier<T> work) {
    String before = set(handle, "ledger");
    T result = work.get();
    set(handle, before);
    return result;
  }

  private static String set(Handle handle, String service) {
    return handle
        .createQuery(
            """
            with before as materialized (
              select coalesce(current_setting('weir.service', true), '') as service)
            select service from before
            where set_config('weir.service', :service, true) is not null
            """)
        .bind("service", service)
        .mapTo(String.class)
        .one();
  }
}
