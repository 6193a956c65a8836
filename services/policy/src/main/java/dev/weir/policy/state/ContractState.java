package dev.weir.policy.state;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProductId;
import dev.weir.policy.contract.ContractTerms;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A contract as the enforcement points know it. Topic {@code space.contracts}, key {@code id}.
 *
 * @param version grows with every change
 * @param terms as signed
 * @param termsSha256 lower-case hex of the SHA-256 of the signed RFC 8785 bytes
 * @param ended when and why it ended, once it has
 * @param stoppedProducts products whose use the provider stopped while the contract goes on
 */
public record ContractState(
    ContractId id,
    long version,
    Status status,
    ContractTerms terms,
    String termsSha256,
    Optional<Ending> ended,
    Set<ProductId> stoppedProducts) {
  public ContractState {
    stoppedProducts = Set.copyOf(stoppedProducts);
  }

  /** TC609-6-2025-14: 01 initiated, 02 negotiating, 03 signed, 05 in performance, 06 ended. */
  public enum Status {
    INITIATED("01"),
    NEGOTIATING("02"),
    SIGNED("0301"),
    SIGNING_FAILED("0302"),
    IN_PERFORMANCE("05"),
    ENDED("06");

    private final String code;

    Status(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  public record Ending(Instant at, Cause cause) {}

  /** Why a contract ended. */
  public enum Cause {
    TERM,
    AGREEMENT,
    RULE,
    ABNORMAL_STOP
  }
}
