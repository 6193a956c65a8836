package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens each sealed share once and remembers what was in it: histories play the same reports in
 * another order, and are about counting. Keeps secrets; for rehearsals. Thread-safe.
 */
final class OpenedOnce implements ShareOpener {
  private final ShareOpener opener;
  private final Map<Sealed, Optional<Bytes>> opened = new ConcurrentHashMap<>();

  OpenedOnce(ShareOpener opener) {
    this.opener = opener;
  }

  private record Sealed(HpkeCiphertext share, Bytes aad) {}

  @Override
  public boolean knows(int configId) {
    return opener.knows(configId);
  }

  @Override
  public Optional<Bytes> open(HpkeCiphertext sealed, Bytes aad) {
    return opened.computeIfAbsent(
        new Sealed(sealed, aad), known -> opener.open(known.share(), known.aad()));
  }
}
