package dev.weir.space.domain;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The application scene that an operation domain is approved for. Immutable.
 *
 * @param description what it is for, for the public
 * @param purposes 1 to 50; a contract's purpose is the code of one of them
 */
public record UseScene(Bilingual description, List<Purpose> purposes) {
  private static final int MAX_PURPOSES = 50;

  public UseScene {
    purposes = List.copyOf(purposes);
    boolean distinct = purposes.stream().map(Purpose::code).distinct().count() == purposes.size();
    if (purposes.isEmpty() || purposes.size() > MAX_PURPOSES || !distinct) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A use scene has 1 to 50 purposes with distinct codes.");
    }
  }

  public Set<String> codes() {
    return purposes.stream().map(Purpose::code).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param code 1 to 64 lower-case letters, digits and hyphens
   */
  public record Purpose(String code, Bilingual description) {
    public Purpose {
      if (!code.matches("[a-z0-9][a-z0-9-]{0,63}")) {
        throw new ProblemException(
            ProblemType.VALIDATION_FAILED,
            "A purpose code has 1 to 64 lower-case letters, digits and hyphens.");
      }
    }
  }
}
