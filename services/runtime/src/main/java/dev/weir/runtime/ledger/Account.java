package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.contract.Price;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A contract's account as it is under its lock. */
record Account(
    ContractId contractId,
    CreditCode consumer,
    List<CreditCode> parties,
    Price price,
    long calls,
    long chargedFen,
    Standing standing) {

  /** Locks the account until the transaction ends: spends of one contract follow one another. */
  static Account lock(Handle handle, ContractId contract) {
    return handle
        .createQuery(
            "select * from ledger.accounts where contract_id = :contract for no key update")
        .bind("contract", contract.value())
        .map((row, context) -> read(contract, row))
        .findOne()
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "The contract has no account."));
  }

  private static Account read(ContractId contract, ResultSet row) throws SQLException {
    var parties = (String[]) row.getArray("parties").getArray();
    return new Account(
        contract,
        CreditCode.of(row.getString("consumer")),
        Stream.of(parties).map(CreditCode::of).toList(),
        new Price(
            row.getLong("per_call_fen"),
            row.getLong("per_rho_fen"),
            row.getLong("free_calls"),
            row.getLong("ceiling_fen")),
        row.getLong("calls"),
        row.getLong("charged_fen"),
        PostgresHalts.standing(row));
  }
}
