package dev.weir.audit.meter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.audit.read.Entry;
import dev.weir.audit.read.EntryStore;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Readings and statements of a contract, from the leaves that the caller sees. Thread-safe. */
public final class MeterReadings {
  private static final int PAGE = 1_000;

  private final EntryStore entries;
  private final ObjectMapper json = Json.mapper();

  public MeterReadings(EntryStore entries) {
    this.entries = entries;
  }

  /**
   * @param size only leaves below this index count
   * @throws ProblemException {@code NOT_FOUND} when the caller sees no leaf of the contract
   */
  public Statement statement(
      Caller caller, ContractId contract, Instant from, Instant to, long size) {
    requireKnown(caller, contract);
    var fold = new StatementFold(contract, from, to);
    long next = 0;
    List<Reading> page;
    do {
      page = read(caller, contract, next, PAGE);
      page.stream().filter(reading -> reading.index() < size).forEach(fold::add);
      next = page.isEmpty() ? next : page.getLast().index() + 1;
    } while (page.size() == PAGE);
    return fold.statement(size);
  }

  /** Readings from an index on, at most {@code limit}. */
  public List<Reading> readings(Caller caller, ContractId contract, long index, int limit) {
    requireKnown(caller, contract);
    return read(caller, contract, index, limit);
  }

  private List<Reading> read(Caller caller, ContractId contract, long index, int limit) {
    return entries.meter(caller, contract, index, limit).stream().map(this::reading).toList();
  }

  private Reading reading(Entry entry) {
    try {
      return Reading.of(entry.index(), json.readValue(entry.leaf(), EvidenceRecord.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireKnown(Caller caller, ContractId contract) {
    if (!entries.knows(caller, contract)) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no such contract.");
    }
  }
}
