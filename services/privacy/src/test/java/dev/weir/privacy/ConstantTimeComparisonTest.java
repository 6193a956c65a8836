package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.vdaf.OpaqueBytes;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are compared by the JDK's method whose time does not tell where they differ. */
class ConstantTimeComparisonTest {
  private static final String CONSTANT_TIME = "java/security/MessageDigest.isEqual";
  private static final Set<String> SHORT_CUTS =
      Set.of("java/util/Arrays.equals", "java/util/Arrays.compare", "java/util/Arrays.mismatch");

  @ParameterizedTest
  @ValueSource(classes = {OpaqueBytes.class, HpkePrivateKey.class})
  void secrets_areEqualInConstantTime(Class<?> secret) {
    assertThat(ByteCode.calls(ByteCode.classFile(secret), "equals"))
        .contains(CONSTANT_TIME)
        .doesNotContainAnyElementsOf(SHORT_CUTS);
  }

  @Test
  void nothingThatHoldsShares_comparesUntilTheFirstDifference() {
    var classes = ByteCode.classes("dev/weir/privacy/vdaf");
    assertThat(classes).hasSizeGreaterThan(40);
    assertThat(classes).allSatisfy(file -> assertThat(shortCuts(file)).isEmpty());
  }

  @Test
  void aShortCut_isFoundWhereThereIsOne() {
    assertThat(shortCuts(ByteCode.classFile(Hash.class))).isNotEmpty(); // public: it may
  }

  private static Set<String> shortCuts(Path file) {
    return ByteCode.calls(file, "").stream()
        .filter(SHORT_CUTS::contains)
        .collect(Collectors.toSet());
  }
}
