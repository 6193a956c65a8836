package dev.weir.policy.request;

import java.util.Optional;
import java.util.Set;

/**
 * Where and by what means the use happens. Absent means not observed.
 *
 * @param networkAddress the peer's address as a literal, never a name
 * @param region six digits after GB/T 2260 of the place where the domain runs
 * @param executionEnv 01 usage control, 02 sandbox, 03 MPC, 04 FL, 05 TEE, 06 ciphertext, 07 other
 * @param encryptMode 01 plain, 02 cipher, 03 other
 * @param deliveryMethod 01 file, 02 stream, 03 API, 04 other
 * @param application client id of the token
 * @param algorithms names or digests of every algorithm the use runs; empty means not observed
 */
public record Channel(
    Optional<String> networkAddress,
    Optional<String> region,
    Optional<String> executionEnv,
    Optional<String> encryptMode,
    Optional<String> deliveryMethod,
    Optional<String> application,
    Set<String> algorithms) {
  /** Nothing observed. */
  public static final Channel UNOBSERVED =
      new Channel(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  public Channel {
    algorithms = Set.copyOf(algorithms);
  }
}
