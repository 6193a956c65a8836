package dev.weir.query.he;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.rollup.RollupSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What callers of the desk send and see. */
final class HeViews {
  private HeViews() {}

  /**
   * Asks for leave to ask.
   *
   * @param purpose one of the purposes the contract is bound to
   * @param kind a sum when empty
   * @param knownKeys the {@code rollupId} of cells whose keys the caller has: it is not told them
   *     again
   */
  record TicketRequest(
      ContractId contractId,
      ProductId productId,
      String purpose,
      Optional<QuestionKind> kind,
      Optional<String> knownKeys) {}

  /**
   * A ticket as its holder sees it.
   *
   * @param kind what its question finds
   * @param keys of the cells, the last one running fastest; none of records. They follow from
   *     {@code rollupId} and are told once, when the ticket is given
   * @param measures values of a cell after the count
   * @param units what one of each measure's whole numbers is worth
   * @param replyBytes of every reply, whatever is asked
   * @param lookup what asker and service agree on when the ticket looks one entry up
   * @param releaseLeaf receipt of the reply or the failure
   */
  record TicketView(
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
      List<KeyView> keys,
      List<String> measures,
      List<String> units,
      Optional<LookupTerms> lookup,
      Optional<LeafId> releaseLeaf,
      Optional<String> problem) {

    /**
     * @param spec of cells
     * @param lookup of a ticket that looks up
     * @param keyed whether it tells the keys
     */
    static TicketView of(
        HeTicket ticket,
        Optional<RollupSpec> spec,
        Optional<LookupTerms> lookup,
        boolean told,
        boolean keyed) {
      var keys = spec.filter(cells -> keyed).map(RollupSpec::keys).orElse(List.of());
      var measures = spec.map(RollupSpec::measures).orElse(List.of());
      return new TicketView(
          ticket.id(),
          ticket.kind(),
          ticket.contractId(),
          ticket.productId(),
          ticket.rollupId(),
          ticket.dataVersion(),
          ticket.parameters().label(),
          ticket.cells(),
          ticket.width(),
          ticket.cellBits(),
          ticket.root(),
          ticket.parts(),
          lookup.map(LookupTerms::replyBytes).orElseGet(ticket::replyBytes),
          ticket.decisionLeaf(),
          ticket.expires(),
          told ? ticket.status().name() : HeTicket.Status.RUNNING.name(),
          keys.stream().map(key -> new KeyView(key.column().name(), key.values())).toList(),
          measures.stream().map(measure -> measure.column().name()).toList(),
          measures.stream().map(measure -> measure.unit().toPlainString()).toList(),
          lookup,
          told ? ticket.releaseLeaf() : Optional.empty(),
          told ? ticket.problem() : Optional.empty());
    }
  }

  record KeyView(String column, List<String> values) {}
}
