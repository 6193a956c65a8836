package dev.weir.query.he.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ProblemException;
import dev.weir.query.he.lookup.LookupTerms.By;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupPartsTest {
  private static final HeParameters SET = LookupTerms.parameters();
  private static final KeywordShape SHAPE = new KeywordShape(300, 17, 0);

  private final SecureRandom random = new SecureRandom();
  private final OprfKey key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);
  private final OprfClient client =
      OprfClient.blind(key.publicKey(), List.of(new byte[] {1}), random);
  private final List<ByteBuffer> parts = parts(2);

  @Test
  void parts_comeBack() {
    var read = LookupParts.read(SHAPE, parts).orElseThrow();
    assertThat(read.blinded()).isEqualTo(client.blinded().getFirst());
    assertThat(read.keysSha256()).isEqualTo("0a".repeat(32));
    assertThat(read.queries().count()).isEqualTo(2 * seeded(SET.dataPrimes().size()));
  }

  @Test
  void anotherNumberOfQueries_noDigest_noPoint_orAnotherNumberOfParts_isNotALookup() {
    var index = new IndexShape(300, 17);
    assertThat(LookupParts.read(SHAPE, parts(1))).isEmpty();
    assertThat(LookupParts.read(index, parts)).isEmpty();
    assertThat(LookupParts.read(index, parts(1))).isPresent();
    for (int part = 0; part < LookupParts.COUNT; part++) {
      var changed = new ArrayList<>(parts);
      changed.set(part, ByteBuffer.wrap(new byte[33]));
      assertThat(LookupParts.read(SHAPE, changed)).isEmpty();
      changed.remove(part);
      assertThat(LookupParts.read(SHAPE, changed)).isEmpty();
    }
  }

  @Test
  void switchingKeys_comeBack_andMoreThanATableNeedsWillDo() {
    int leaves = SHAPE.lookup().leaves();
    var keys = keys(GaloisKeys.expansionElements(SET, 2 * leaves));
    byte[] packed = SwitchingKeys.write(LookupTerms.parameters(), keys);
    var read = SwitchingKeys.read(SET, packed).orElseThrow();
    assertThat(read.elements()).isEqualTo(keys.elements());
    assertThat(SwitchingKeys.suffice(read, SET, leaves)).isTrue();
    assertThat(
            SwitchingKeys.suffice(keys(GaloisKeys.expansionElements(SET, leaves / 2)), SET, leaves))
        .isFalse();
    packed[packed.length - 1] ^= 1;
    assertThat(SwitchingKeys.sha256(packed)).isNotEqualTo(SwitchingKeys.sha256(new byte[0]));
    assertThat(SwitchingKeys.read(SET, java.util.Arrays.copyOf(packed, packed.length - 1)))
        .isEmpty();
    assertThat(SwitchingKeys.read(SET, new byte[0])).isEmpty();
  }

  @Test
  void records_comeBack_theFirstOfSeveralWithOneKeyword_andTheirLengthShowsRoughly() {
    var rows =
        List.of(
            List.of(Optional.of("a"), Optional.of("1"), Optional.<String>empty()),
            List.of(Optional.of("b"), Optional.of("2"), Optional.of("福州")),
            List.of(Optional.of("a"), Optional.of("3"), Optional.of("x")),
            List.of(Optional.<String>empty(), Optional.of("4"), Optional.of("y")));
    var columns = List.of("k", "n", "c");
    var keyed = (Entries.Keyed) RowRecords.of(By.KEYWORD, columns, rows);
    assertThat(keyed.values().sequencedKeySet()).containsExactly("a", "b");
    assertThat(RowRecords.read(keyed.values().get("a"), 3)).contains(rows.getFirst());
    assertThat(RowRecords.read(keyed.values().get("b"), 3)).contains(rows.get(1));
    assertThat(RowRecords.read(keyed.values().get("a"), 2)).isEmpty();
    var listed = (Entries.Listed) RowRecords.of(By.INDEX, columns, rows);
    assertThat(listed.values()).hasSize(4);
    assertThat(listed.valueBytes()).isEqualTo(64 - 18);
    var long1 = List.of(List.of(Optional.of("z".repeat(200))));
    assertThat(RowRecords.of(By.INDEX, List.of("k"), long1).valueBytes()).isEqualTo(256 - 18);
    var long2 = List.of(List.of(Optional.of("z".repeat(1_200))));
    assertThatThrownBy(() -> RowRecords.of(By.INDEX, List.of("k"), long2))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> RowRecords.of(By.INDEX, List.of("k"), List.of()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void keywords_runOverEveryCombination_theLastKeyFastest() {
    assertThat(CellRecords.keywords(List.of(List.of("a", "b"), List.of("x", "y"))))
        .containsExactly(
            LookupTerms.keyword(List.of("a", "x")),
            LookupTerms.keyword(List.of("a", "y")),
            LookupTerms.keyword(List.of("b", "x")),
            LookupTerms.keyword(List.of("b", "y")));
  }

  private List<ByteBuffer> parts(int queries) {
    return LookupParts.write(
        Words.allocate((long) queries * seeded(SET.dataPrimes().size())),
        "0a".repeat(32),
        client.blinded().getFirst());
  }

  private static int seeded(int primes) {
    return primes * SET.degree() + HeContext.SEED_WORDS;
  }

  private static WireGaloisKeys keys(List<Integer> elements) {
    long words = (long) elements.size() * SET.dataPrimes().size() * seeded(SET.primes().size());
    return new WireGaloisKeys(elements, Words.allocate(words));
  }
}
