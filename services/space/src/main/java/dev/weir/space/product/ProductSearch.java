package dev.weir.space.product;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.state.ProductState.Status;
import java.util.Arrays;

/**
 * What products are looked for; an empty text does not narrow the search.
 *
 * @param text occurs in a title, whatever its case
 * @param owner credit code of the provider
 * @param maxLevel 1 to 5
 */
public record ProductSearch(
    String text, String owner, String topic, String status, String kind, int maxLevel) {
  private static final int MAX_CHARACTERS = 200;

  public ProductSearch {
    boolean known =
        (status.isEmpty() || names(Status.values()).contains(status))
            && (kind.isEmpty() || names(ProductKind.values()).contains(kind));
    boolean shortEnough =
        text.length() <= MAX_CHARACTERS
            && owner.length() <= MAX_CHARACTERS
            && topic.length() <= MAX_CHARACTERS;
    boolean clean = (text + owner + topic).indexOf('\0') < 0;
    if (!known || !shortEnough || !clean || maxLevel < 1 || maxLevel > 5) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "Search by q, owner, topic (at most 200 characters), status, kind, maxLevel (1 to 5).");
    }
  }

  private static java.util.List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
