package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A query and what became of it. Immutable; its store holds the newest state.
 *
 * @param sequence grows with every query; 0 before it is stored
 * @param requestSha256 of everything the caller sent, lower-case hex
 * @param party the consumer
 * @param providers of the products it touches
 * @param decision allow, conditional, deny or default-deny
 * @param rule the deciding rule
 * @param nanoRho charged, 0 before release
 * @param fen charged, 0 before release
 * @param receiptLeaf the evidence leaf of the release, or of the refusal
 */
public record QueryJob(
    QueryId id,
    long sequence,
    String requestKey,
    String requestSha256,
    ContractId contractId,
    CreditCode party,
    List<CreditCode> providers,
    List<ProductId> products,
    String subject,
    String purpose,
    String sql,
    Optional<String> canonicalSha256,
    QueryStatus status,
    Optional<String> decision,
    Optional<String> rule,
    long nanoRho,
    long fen,
    Optional<AnswerView> answer,
    Optional<RefusalView> refusal,
    Optional<LeafId> receiptLeaf,
    Instant createdAt,
    Optional<Instant> finishedAt) {
  public QueryJob {
    providers = List.copyOf(providers);
    products = List.copyOf(products);
  }

  QueryJob running() {
    return with(
        QueryStatus.RUNNING,
        decision,
        rule,
        nanoRho,
        fen,
        answer,
        refusal,
        receiptLeaf,
        finishedAt);
  }

  QueryJob done(
      AnswerView released, long chargedNanoRho, long chargedFen, LeafId receipt, Instant at) {
    return with(
        QueryStatus.DONE,
        decision,
        rule,
        chargedNanoRho,
        chargedFen,
        Optional.of(released),
        Optional.empty(),
        Optional.of(receipt),
        Optional.of(at));
  }

  /** A refusal's rule is the one that refused, whatever the contract's rules had allowed before. */
  QueryJob ended(QueryStatus how, RefusalView why, Optional<LeafId> receipt, Instant at) {
    boolean late = how == QueryStatus.REFUSED && status != QueryStatus.REFUSED;
    return with(
        how,
        late ? Optional.of("deny") : decision,
        late ? Optional.of(why.reasons().getFirst().rule()) : rule,
        0,
        0,
        Optional.empty(),
        Optional.of(why),
        receipt,
        Optional.of(at));
  }

  private QueryJob with(
      QueryStatus newStatus,
      Optional<String> newDecision,
      Optional<String> newRule,
      long newNanoRho,
      long newFen,
      Optional<AnswerView> newAnswer,
      Optional<RefusalView> newRefusal,
      Optional<LeafId> newReceipt,
      Optional<Instant> newFinishedAt) {
    return new QueryJob(
        id,
        sequence,
        requestKey,
        requestSha256,
        contractId,
        party,
        providers,
        products,
        subject,
        purpose,
        sql,
        canonicalSha256,
        newStatus,
        newDecision,
        newRule,
        newNanoRho,
        newFen,
        newAnswer,
        newRefusal,
        newReceipt,
        createdAt,
        newFinishedAt);
  }

  @Override
  public String toString() {
    return "QueryJob[" + id + ", " + status + "]";
  }
}
