package dev.weir.query.he.evaluator;

import dev.weir.he.GaloisKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Switching keys that this process holds in native memory, the least recently used let go first.
 * Confined to the process's thread.
 */
final class HeldKeys implements AutoCloseable {
  /** Four sets for the largest tables. */
  static final long LEAST_BYTES = 32L << 20;

  private final long maxBytes;
  private final Map<String, GaloisKeys> held = new LinkedHashMap<>(16, 0.75f, true);

  HeldKeys(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  Optional<GaloisKeys> of(String sha256) {
    return Optional.ofNullable(held.get(sha256));
  }

  /** Takes keys over. */
  void hold(String sha256, GaloisKeys keys) {
    Optional.ofNullable(held.remove(sha256)).ifPresent(GaloisKeys::close);
    while (!held.isEmpty() && bytes() + keys.bytes() > maxBytes) {
      var eldest = held.entrySet().iterator().next();
      eldest.getValue().close();
      held.remove(eldest.getKey());
    }
    held.put(sha256, keys);
  }

  private long bytes() {
    return held.values().stream().mapToLong(GaloisKeys::bytes).sum();
  }

  @Override
  public void close() {
    held.values().forEach(GaloisKeys::close);
    held.clear();
  }
}
