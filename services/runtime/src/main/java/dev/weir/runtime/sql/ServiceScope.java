package dev.weir.runtime.sql;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets a service see and do, within a caller's transaction, what the caller may not: the ledger
 * writes the other party's rows, a signature rechecks resources that are not the signer's. The
 * setting is put back before it returns; after a failure the transaction is lost and the setting
 * with it. A service's own transaction needs none.
 */
public final class ServiceScope {
  private ServiceScope() {}

  /**
   * @param service as {@code weir.is_service()} will find it; not empty
   */
  public static <T extends @Nullable Object> T in(Handle handle, String service, Supplier<T> work) {
    if (Database.isService(handle)) {
      return work.get();
    }
    String before = set(handle, service);
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
