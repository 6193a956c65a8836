package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.sql.ServiceScope;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The ledger in the schema {@code ledger} of the operation domain's database. Lock order: releases
 * of a party (see {@link #released}), then the contract's account, then lineages by id. Each writer
 * acts as the service for its own statements; reads show what the transaction's caller may see.
 */
public final class PostgresLedger implements Ledger {
  private final PostgresLineages lineages;
  private final PostgresAccounts accounts;
  private final PostgresAnswers answers;
  private final PostgresSpend spending;
  private final PostgresReadings readings;
  private final PostgresHalts halts;

  /**
   * @param evidence of the service that uses this ledger
   */
  public PostgresLedger(EvidenceLog evidence, InstantSource clock) {
    this.lineages = new PostgresLineages(clock);
    this.accounts = new PostgresAccounts(clock);
    this.answers = new PostgresAnswers();
    this.halts = new PostgresHalts(clock);
    this.readings = new PostgresReadings(evidence, clock);
    this.spending = new PostgresSpend(answers, evidence, clock);
  }

  @Override
  public void openLineage(
      Handle handle, LineageId id, CreditCode provider, long capNanoRho, long capPicoDelta) {
    ServiceScope.in(
        handle, "ledger", () -> lineages.open(handle, id, provider, capNanoRho, capPicoDelta));
  }

  @Override
  public void raiseCap(Handle handle, LineageId id, CapRaise raise) {
    ServiceScope.in(handle, "ledger", () -> lineages.raise(handle, id, raise));
  }

  @Override
  public LineageView lineage(Handle handle, LineageId id) {
    lineages.requireVisible(handle, id);
    return ServiceScope.in(handle, "ledger", () -> lineages.view(handle, id));
  }

  @Override
  public void carve(Handle handle, ContractAccount account) {
    ServiceScope.in(handle, "ledger", () -> accounts.open(handle, account));
  }

  @Override
  public void giveBack(Handle handle, ContractId contract) {
    ServiceScope.in(handle, "ledger", () -> accounts.close(handle, contract));
  }

  @Override
  public void halt(Handle handle, Halt halt) {
    ServiceScope.in(handle, "ledger", () -> halts.apply(handle, halt));
  }

  @Override
  public Map<ContractId, Standing> standings(Handle handle, Collection<ContractId> contracts) {
    return PostgresHalts.standings(handle, contracts);
  }

  @Override
  public Optional<StoredAnswer> stored(
      Handle handle,
      ContractId contract,
      String canonicalSha256,
      Map<LineageId, Long> dataVersions) {
    return answers.find(handle, contract, canonicalSha256, dataVersions);
  }

  @Override
  public Spend spend(Handle handle, SpendRequest request) {
    return ServiceScope.in(handle, "ledger", () -> spending.spend(handle, request));
  }

  @Override
  public AllotmentView allotment(Handle handle, ContractId contract, LineageId lineage) {
    return accounts.allotment(handle, contract, lineage);
  }

  @Override
  public List<AllotmentView> allotments(Handle handle, ContractId contract) {
    return accounts.allotments(handle, contract);
  }

  @Override
  public List<ReleasedCohort> released(Handle handle, CreditCode party, LineageId lineage) {
    return ServiceScope.in(handle, "ledger", () -> answers.released(handle, party, lineage));
  }

  @Override
  public MeterReading correct(Handle handle, Correction correction) {
    return ServiceScope.in(handle, "ledger", () -> readings.correct(handle, correction));
  }

  @Override
  public List<MeterReading> readings(Handle handle, ContractId contract) {
    return readings.all(handle, contract);
  }
}
