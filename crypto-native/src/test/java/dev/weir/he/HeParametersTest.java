package dev.weir.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeParametersTest {
  private static final Path ROOT = Path.of(System.getProperty("weir.root"));

  @ParameterizedTest
  @EnumSource(HeParameters.class)
  void allPrimesTogether_keepTheMarginBelow128BitSecurity(HeParameters set) {
    var product =
        set.primes().stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    assertThat(product.bitLength()).isLessThanOrEqualTo(set.degree() == 4096 ? 103 : 210);
  }

  @ParameterizedTest
  @EnumSource(HeParameters.class)
  void primes_haveRootsOfUnityAndFitTheKernel(HeParameters set) {
    assertThat(set.primes())
        .doesNotHaveDuplicates()
        .allSatisfy(prime -> {
          assertThat(BigInteger.valueOf(prime).isProbablePrime(64)).isTrue();
          assertThat(prime % (2L * set.degree())).isEqualTo(1);
          assertThat(prime).isLessThan(1L << 50);
        });
    assertThat(BigInteger.valueOf(set.plainModulus()).isProbablePrime(64)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(HeParameters.class)
  void theWorstNoise_isBelowWhatDecryptionTakes(HeParameters set) {
    double dataBits =
        set.dataPrimes().stream().mapToDouble(prime -> Math.log(prime) / Math.log(2)).sum();
    double limit = dataBits - 1 - Math.log(set.plainModulus()) / Math.log(2);
    double noise = set.floods() ? set.floodBits() + 1 : set.noiseBits();
    assertThat(noise).isLessThan(limit);
  }

  @Test
  void namesAndIds_findTheirSet() {
    for (var set : HeParameters.values()) {
      assertThat(HeParameters.named(set.label())).contains(set);
      assertThat(HeParameters.withId(set.id())).contains(set);
    }
    assertThat(HeParameters.named("cells-4096-v0")).isEmpty();
    assertThat(java.util.Arrays.stream(HeParameters.values()).map(HeParameters::id))
        .doesNotHaveDuplicates();
  }

  /** A set is immutable: whoever changes a number meets this test and makes a new name. */
  @Test
  void ids_areThoseThatWerePublished() throws IOException {
    var page = Files.readString(ROOT.resolve("compliance/he-parameters.md"));
    for (var set : HeParameters.values()) {
      assertThat(page).contains(set.label()).contains(set.id().hex());
    }
  }

  @Test
  void theNativeTests_runOnTheSameNumbers() throws IOException {
    var header = Files.readString(ROOT.resolve("crypto-native/native/test/sets.h"));
    var numbers = header.replaceAll("\\s+", "");
    for (var set : HeParameters.values()) {
      var words = set.words();
      var list =
          java.util.stream.IntStream.range(0, words.count())
              .mapToObj(i -> Long.toString(words.get(i)))
              .collect(Collectors.joining(","));
      assertThat(numbers).contains("{" + list + "}");
    }
  }
}
