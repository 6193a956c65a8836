package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.QueryId;

/** An exact row released earlier, see {@link SpendRequest.Cohort}. */
public record ReleasedCohort(
    QueryId requestId,
    ContractId contractId,
    LineageId lineageId,
    long dataVersion,
    long records,
    String descriptor) {}
