package dev.weir.query.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.kernel.ContractId;
import dev.weir.runtime.json.Json;
import java.util.Optional;

/**
 * A question under a contract.
 *
 * @param purpose one of the purposes the contract is bound to
 * @param sql at most 16 KiB
 * @param nanoRho what a dp answer may cost, zCDP ρ in 10⁻⁹; exclusive with {@code relativeError}
 * @param relativeError how exact a dp answer must be instead, as a fraction; the cost follows from
 *     it
 * @param picoDelta δ of private group selection in 10⁻¹²
 * @param dryRun only decision, cost and expected error; nothing runs and nothing is charged
 */
public record QueryRequest(
    ContractId contractId,
    String purpose,
    String sql,
    Optional<Long> nanoRho,
    Optional<Double> relativeError,
    Optional<Long> picoDelta,
    boolean dryRun) {

  /** Digest of everything the caller sent, lower-case hex. */
  String sha256() {
    try {
      return Json.sha256Hex(Json.mapper().writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request that was read can be written", e);
    }
  }

  @Override
  public String toString() {
    return "QueryRequest[contract=" + contractId + ", dryRun=" + dryRun + "]";
  }
}
