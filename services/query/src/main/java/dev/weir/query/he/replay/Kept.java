package dev.weir.query.he.replay;

import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.lookup.LookupTerms;
import java.util.Optional;
import java.util.UUID;

/**
 * What the service says of one evaluation that was released.
 *
 * @param kind of the question
 * @param dataVersion the epoch
 * @param lookup what a lookup was agreed on; empty of a sum
 * @param releaseLeaf evidence of the reply
 */
public record Kept(
    UUID id,
    QuestionKind kind,
    ContractId contractId,
    String rollupId,
    long dataVersion,
    String parameterSet,
    int cells,
    int width,
    int cellBits,
    Optional<LookupTerms> lookup,
    LeafId releaseLeaf) {

  /** Empty when it is of no set that there is. */
  Optional<CellLayout> layout() {
    return HeParameters.named(parameterSet)
        .filter(set -> cells > 0 && width > 0)
        .map(set -> new CellLayout(set, cells, width, cellBits));
  }
}
