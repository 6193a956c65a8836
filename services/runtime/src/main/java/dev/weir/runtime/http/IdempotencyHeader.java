package dev.weir.runtime.http;

import dev.weir.runtime.idempotency.IdempotencyKey;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * Refuses a key of another form at every endpoint, an empty one above all: the framework would take
 * it for none, and its sender would believe that a repetition is harmless. Two keys arrive joined
 * by a comma, which no key holds. Runs after {@link BorderFilter}. Stateless.
 */
@Priority(Priorities.USER)
final class IdempotencyHeader implements ContainerRequestFilter {
  private static final String NAME = "Idempotency-Key";

  @Override
  public void filter(ContainerRequestContext request) {
    String key = request.getHeaderString(NAME);
    if (key != null) {
      IdempotencyKey.of(key);
    }
  }
}
