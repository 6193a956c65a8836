package dev.weir.intake.child;

import java.time.Duration;

/**
 * What one child process may take.
 *
 * @param heapMb Java heap
 * @param engineMb buffers of the Parquet engine
 * @param addressSpaceMb everything mapped, enforced by {@code prlimit} where it is installed
 * @param time wall clock, after which it is killed
 * @param cpu processor time, enforced by {@code prlimit} where it is installed
 */
public record ReaderLimits(
    int heapMb, int engineMb, int addressSpaceMb, Duration time, Duration cpu) {
  public static final ReaderLimits DEFAULT =
      new ReaderLimits(192, 384, 3072, Duration.ofMinutes(20), Duration.ofMinutes(20));

  public ReaderLimits {
    if (heapMb < 64 || engineMb < 64 || addressSpaceMb < 1024 || time.isNegative()) {
      throw new IllegalArgumentException(
          "a reader needs 64 MB of heap, 64 MB of buffers and 1,024 MB of address space");
    }
  }
}
