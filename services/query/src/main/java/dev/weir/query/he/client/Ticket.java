package dev.weir.query.he.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.lookup.CellRecords;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Leave to ask one question, as the service gave it. Everything in it is the service's word; a
 * layout that this library would not work on is refused.
 *
 * @param kind what its question finds
 * @param rollupId names the set of cells, or the table of records
 * @param dataVersion the epoch that is asked about
 * @param width values of a cell: the count, then each measure
 * @param root of the cells, as evidence has it
 * @param keys of the cells, the last one running fastest; none of records, nor where they were told
 *     before
 * @param measures names of the values after the count
 * @param units what one of each measure's whole numbers is worth, a decimal number
 * @param lookup what a lookup is agreed on; empty when cells are summed
 */
public record Ticket(
    UUID id,
    QuestionKind kind,
    ContractId contractId,
    ProductId productId,
    String rollupId,
    long dataVersion,
    String parameterSet,
    int cells,
    int width,
    int cellBits,
    String root,
    int ciphertexts,
    int replyBytes,
    LeafId decisionLeaf,
    Instant expires,
    String status,
    List<Key> keys,
    List<String> measures,
    List<String> units,
    Optional<LookupTerms> lookup,
    Optional<LeafId> releaseLeaf,
    Optional<String> problem) {

  /** A column and its declared values. */
  public record Key(String column, List<String> values) {
    public Key {
      values = List.copyOf(values);
    }
  }

  public Ticket {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
    units = List.copyOf(units);
    long combinations = 1;
    for (Key key : keys) {
      combinations = Math.min(1L + Integer.MAX_VALUE, combinations * key.values().size());
    }
    boolean whole =
        (combinations == cells || keys.isEmpty())
            && width == 1 + measures.size()
            && units.size() == measures.size()
            && units.stream().allMatch(unit -> unit.matches("[0-9]{1,30}([.][0-9]{1,30})?"));
    if (!whole) {
      throw notOurs();
    }
  }

  /**
   * @throws ClientRefusal when it is no ticket that this library understands
   */
  public static Ticket of(JsonNode json) {
    try {
      var ticket = Json.mapper().treeToValue(json, Ticket.class);
      if (!ticket.consistent()) {
        throw notOurs();
      }
      return ticket;
    } catch (IOException | IllegalArgumentException e) {
      throw notOurs();
    }
  }

  /** The named set of the registry; never one that the service describes. */
  public HeParameters parameters() {
    return HeParameters.named(parameterSet).orElseThrow(Ticket::notOurs);
  }

  private boolean consistent() {
    return switch (kind) {
      case SUM ->
          lookup.isEmpty()
              && layout().terms() == ciphertexts
              && layout().replyBytes() == replyBytes;
      case ONE_HOT ->
          lookup.isEmpty()
              && ciphertexts == OneHotParts.COUNT
              && layout().oneHotReplyBytes() == replyBytes;
      case LOOKUP, KEYWORD, INDEX -> lookup.filter(this::fits).isPresent();
    };
  }

  private boolean fits(LookupTerms terms) {
    boolean named =
        switch (kind) {
          case LOOKUP ->
              terms.by() == LookupTerms.By.KEYWORD
                  && terms.columns().isEmpty()
                  && terms.valueBytes() == CellRecords.valueBytes(width);
          case KEYWORD -> terms.by() == LookupTerms.By.KEYWORD && !terms.columns().isEmpty();
          case INDEX -> terms.by() == LookupTerms.By.INDEX && !terms.columns().isEmpty();
          case SUM, ONE_HOT -> false;
        };
    return named
        && parameters() == LookupTerms.parameters()
        && ciphertexts == LookupParts.COUNT
        && terms.replyBytes() == replyBytes
        && terms.entries() == cells;
  }

  /** Of a ticket over cells. */
  public CellLayout layout() {
    return new CellLayout(parameters(), cells, width, cellBits);
  }

  /** Whether its question has ended. */
  public boolean ended() {
    return status.equals("DONE") || status.equals("FAILED");
  }

  /** Whether its question has a reply. */
  boolean done() {
    return status.equals("DONE");
  }

  /** Whether it waits for its question. */
  public boolean unasked() {
    return status.equals("OPEN");
  }

  /** What one of a measure's whole numbers is worth. */
  BigDecimal unit(int measure) {
    return new BigDecimal(units.get(measure));
  }

  /**
   * This ticket with what became of its question.
   *
   * @throws ClientRefusal when it is another one
   */
  Ticket endedAs(Ticket now) {
    if (!now.id.equals(id)) {
      throw notOurs();
    }
    return new Ticket(
        id,
        kind,
        contractId,
        productId,
        rollupId,
        dataVersion,
        parameterSet,
        cells,
        width,
        cellBits,
        root,
        ciphertexts,
        replyBytes,
        decisionLeaf,
        expires,
        now.status,
        keys,
        measures,
        units,
        lookup,
        now.releaseLeaf,
        now.problem);
  }

  private static ClientRefusal notOurs() {
    return new ClientRefusal(
        "服务给出的票据自相矛盾，或不是本程序支持的形式",
        "the service's ticket contradicts itself or is of a form unknown here");
  }
}
