package dev.weir.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation on the real library, and that nothing stays behind. */
class HeContextTest {
  private long live;

  @BeforeEach
  void countHandles() {
    live = HeLibrary.loaded().liveObjects();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(live);
    assertThat(HeLibrary.loaded().leaks()).isZero();
  }

  @ParameterizedTest
  @EnumSource(HeParameters.class)
  void whatEitherKeyEncrypts_theSecretKeyDecrypts(HeParameters set) {
    var plain = Samples.plain(set, 2, set.plainModulus(), 1);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var seeded = context.seeded(secret.encrypt(plain));
        var other = context.ciphertexts(0, key.encrypt(plain))) {
      assertThat(secret.decrypt(seeded).toArray()).isEqualTo(plain.toArray());
      assertThat(secret.decrypt(other).toArray()).isEqualTo(plain.toArray());
    }
  }

  @Test
  void aKeyThatWasRevealedAndReadAgain_decrypts() {
    var set = HeParameters.RECORDS_8192;
    var plain = Samples.plain(set, 1, set.plainModulus(), 2);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var again = context.secretKey(secret.revealLimbs(new SecretAccess("test")));
        var ciphertexts = context.seeded(secret.encrypt(plain))) {
      assertThat(again.decrypt(ciphertexts).toArray()).isEqualTo(plain.toArray());
    }
  }

  @Test
  void slotsAddUp_alsoAfterFloodingAndSwitching() {
    var set = HeParameters.RECORDS_8192;
    var values = Samples.plain(set, 1, 1 << 24, 3);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var sum = context.ciphertexts(0, key.encrypt(context.encodeSlots(values)));
        var more = context.ciphertexts(0, key.encrypt(context.encodeSlots(values)))) {
      sum.add(more);
      var before = sum.limbs();
      sum.flood(key);
      assertThat(sum.limbs().toArray()).isNotEqualTo(before.toArray());
      try (var small = sum.switchModulus(1)) {
        var found = context.decodeSlots(secret.decrypt(small));
        for (int i = 0; i < found.count(); i++) {
          assertThat(found.get(i)).isEqualTo(2 * values.get(i));
        }
      }
    }
  }

  @Test
  void expansion_givesEachLeafItsCoefficients() {
    var set = HeParameters.LOOKUP_4096;
    int leaves = 4;
    var plain = Samples.plain(set, 1, 16, 4);
    var elements = GaloisKeys.expansionElements(set, leaves);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
        var query = context.seeded(secret.encrypt(plain));
        var expanded = query.expand(0, keys, leaves)) {
      var found = secret.decrypt(expanded);
      for (int j = 0; j < set.degree(); j++) {
        assertThat(found.get(j % leaves * set.degree() + j / leaves * leaves))
            .isEqualTo(leaves * plain.get(j));
      }
    }
  }

  @Test
  void productsSurviveTruncation_withEveryKernelAlike() {
    var set = HeParameters.CELLS_4096;
    int terms = 3;
    var chosen = Samples.plain(set, terms, 2, 5);
    var cells = Samples.plain(set, terms, 256, 6);
    var shape = new ReplyShape(42, set.degree() - 1, 1);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var query = context.seeded(secret.encrypt(chosen));
        var selectors = query.selectors();
        var tiles = context.tiles(1, terms)) {
      tiles.put(0, 0, cells);
      long expected = 0; // coefficient degree - 1 of the sum of products
      for (int term = 0; term < terms; term++) {
        for (int i = 0; i < set.degree(); i++) {
          expected +=
              chosen.get(term * set.degree() + i) * cells.get((term + 1) * set.degree() - 1 - i);
        }
      }
      for (var kernel : HeLibrary.loaded().kernels()) {
        try (var products = tiles.products(List.of(selectors))) {
          products.accumulate(0, tiles.units(), kernel);
          try (var result = products.finish();
              var lifted = context.lift(shape, result.truncate(shape))) {
            assertThat(secret.decrypt(lifted).get(set.degree() - 1)).isEqualTo(expected);
          }
        }
      }
      assertThat(tiles.bytes()).isEqualTo(3L * 4096 * 2 * 4);
    }
  }

  @Test
  void missingUnits_areRefused() {
    try (var context = Samples.context(HeParameters.CELLS_4096);
        var secret = context.generateSecretKey();
        var query =
            context.seeded(secret.encrypt(Samples.plain(HeParameters.CELLS_4096, 1, 2, 7)));
        var selectors = query.selectors();
        var tiles = context.tiles(1, 1);
        var products = tiles.products(List.of(selectors))) {
      products.accumulate(1, tiles.units());
      assertThatThrownBy(products::finish)
          .isInstanceOfSatisfying(
              HeException.class, e -> assertThat(e.failure()).isEqualTo(HeFailure.OUT_OF_RANGE));
    }
  }

  @Test
  void aLimbThatIsNotBelowItsPrime_isRefusedByTheShimToo() {
    var set = HeParameters.CELLS_4096;
    try (var context = Samples.context(set)) {
      var limbs = Words.allocate(4L * set.degree()).set(5, set.primes().getFirst());
      assertThatThrownBy(() -> context.ciphertexts(0, limbs)).isInstanceOf(HeException.class);
      assertThatThrownBy(() -> context.ciphertexts(0, Words.allocate(3)))
          .isInstanceOfSatisfying(
              HeException.class, e -> assertThat(e.failure()).isEqualTo(HeFailure.BAD_BUFFER));
    }
  }

  @Test
  void objectsOfTwoContexts_doNotMix() {
    var set = HeParameters.CELLS_4096;
    try (var one = Samples.context(set);
        var two = Samples.context(set);
        var secret = one.generateSecretKey();
        var foreign = two.seeded(secret.encrypt(Samples.plain(set, 1, 2, 8)))) {
      assertThatThrownBy(() -> secret.decrypt(foreign))
          .isInstanceOfSatisfying(
              HeException.class,
              e -> assertThat(e.failure()).isEqualTo(HeFailure.WRONG_PARAMETERS));
    }
  }

  @Test
  void degree4096_isNeverFlooded() {
    var set = HeParameters.CELLS_4096;
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var query = context.seeded(secret.encrypt(Samples.plain(set, 1, 2, 9)))) {
      assertThatThrownBy(() -> query.flood(key)).isInstanceOf(HeException.class);
      assertThat(set.floods()).isFalse();
    }
  }
}
