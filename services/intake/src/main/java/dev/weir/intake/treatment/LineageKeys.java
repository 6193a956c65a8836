package dev.weir.intake.treatment;

import dev.weir.kernel.LineageId;

/** Keeps one key per lineage inside the domain. Thread-safe. */
public interface LineageKeys {

  /** The lineage's key, made on first use. The caller closes it. */
  LineageKey open(LineageId lineage);
}
