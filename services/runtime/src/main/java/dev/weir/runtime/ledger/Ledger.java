package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The ledger of one operation domain. A lineage has a cap; a contract's allotment is carved out of
 * it at signing; a spend takes from the allotment, in the transaction that stores the answer. So
 * always: spent ≤ allotted, Σ allotted = carved ≤ cap, and spent = Σ entries.
 *
 * <p>Every method works inside the caller's transaction and commits nothing itself. Units are
 * nanoRho (zCDP ρ·10⁻⁹), picoDelta (δ·10⁻¹²) and fen. Implementations are thread-safe.
 */
public interface Ledger {
  /**
   * Opens a lineage with its first cap; an open one is left as it is.
   *
   * @param provider who owns the lineage and may see it
   */
  void openLineage(
      Handle handle, LineageId id, CreditCode provider, long capNanoRho, long capPicoDelta);

  /**
   * Raises a cap. It never falls: what was carved stays carved.
   *
   * @throws dev.weir.kernel.ProblemException {@code NOT_FOUND}, or {@code CONFLICT} when the cap
   *     would not grow or was changed since it was proposed
   */
  void raiseCap(Handle handle, LineageId id, CapRaise raise);

  LineageView lineage(Handle handle, LineageId id);

  /**
   * Opens a contract's account and carves its allotments. Lineages are locked in the order of their
   * ids. Doing it again for the same contract is refused.
   *
   * @throws dev.weir.kernel.ProblemException {@code BUDGET_EXHAUSTED} when a lineage lacks what is
   *     asked, {@code CONFLICT} when the contract has an account; nothing is then carved
   */
  void carve(Handle handle, ContractAccount account);

  /**
   * Closes a contract's account, at once for every spend that has not committed, and returns what
   * was not spent to the lineages. Repeating it, or a contract without an account, changes nothing.
   */
  void giveBack(Handle handle, ContractId contract);

  /**
   * Stops what is named, for good, in every account that rests on it. Waits for spends that hold
   * such an account; once this transaction has committed, none that used it commits.
   */
  void halt(Handle handle, Halt halt);

  /** Where contracts stand now; a contract without an account is left out. */
  Map<ContractId, Standing> standings(Handle handle, Collection<ContractId> contracts);

  /**
   * What was answered before to the same canonical query over the same data, within this contract.
   *
   * @param canonicalSha256 lower-case hex
   */
  Optional<StoredAnswer> stored(
      Handle handle,
      ContractId contract,
      String canonicalSha256,
      Map<LineageId, Long> dataVersions);

  /**
   * Charges, stores the answer, rechecks quotas, takes the meter reading and writes the evidence
   * leaves, all or none. Call it last: only after the transaction has committed may the answer
   * leave. Idempotent by request id, and by canonical query: the first answer stored is the one
   * returned.
   *
   * @throws dev.weir.kernel.ProblemException {@code NOT_FOUND} when the contract has no account,
   *     {@code CONFLICT} when the request id was used for another query
   */
  Spend spend(Handle handle, SpendRequest request);

  AllotmentView allotment(Handle handle, ContractId contract, LineageId lineage);

  /** All allotments of a contract, by lineage id. */
  List<AllotmentView> allotments(Handle handle, ContractId contract);

  /**
   * The exact rows released to a party over a lineage, in every contract and data version, oldest
   * first. Until the transaction ends no other one can release to that party over that lineage, so
   * a check against this list holds when {@link #spend} follows. Ask in the order of lineage ids.
   */
  List<ReleasedCohort> released(Handle handle, CreditCode party, LineageId lineage);

  /**
   * Corrects a reading by an entry of its own.
   *
   * @throws dev.weir.kernel.ProblemException {@code VALIDATION_FAILED} when the contract's sum
   *     would fall below zero or pass its ceiling
   */
  MeterReading correct(Handle handle, Correction correction);

  /** Readings and corrections of a contract, oldest first. */
  List<MeterReading> readings(Handle handle, ContractId contract);
}
