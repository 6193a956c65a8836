package dev.weir.query.he.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.wire.WireGaloisKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupPartsTest {
  private static final HeParameters SET = LookupTerms.parameters();
  private static final KeywordShape SHAPE = new KeywordShape(300, 17, 0);

  private final SecureRandom random = new SecureRandom();
  private final OprfKey key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);
  private final OprfClient client =
      OprfClient.blind(key.publicKey(), List.of(new byte[] {1}), random);
  private final List<ByteBuffer> parts =
      LookupParts.write(
          Words.allocate(2L * seeded(SET.dataPrimes().size())),
          keys(GaloisKeys.expansionElements(SET, SHAPE.lookup().leaves())),
          client.blinded().getFirst());

  @Test
  void parts_comeBack() {
    var read = LookupParts.read(SHAPE, parts).orElseThrow();
    assertThat(read.blinded()).isEqualTo(client.blinded().getFirst());
    assertThat(read.queries().count()).isEqualTo(2 * seeded(SET.dataPrimes().size()));
    assertThat(read.keys().elements())
        .hasSize(Integer.numberOfTrailingZeros(SHAPE.lookup().leaves()));
  }

  @Test
  void oneQuery_otherKeys_noPoint_orAnotherNumberOfParts_isNotALookup() {
    var one =
        LookupParts.write(
            Words.allocate(seeded(SET.dataPrimes().size())),
            keys(GaloisKeys.expansionElements(SET, SHAPE.lookup().leaves())),
            client.blinded().getFirst());
    assertThat(LookupParts.read(SHAPE, one)).isEmpty();
    var fewer =
        LookupParts.write(
            Words.allocate(2L * seeded(SET.dataPrimes().size())),
            keys(GaloisKeys.expansionElements(SET, SHAPE.lookup().leaves() / 2)),
            client.blinded().getFirst());
    assertThat(LookupParts.read(SHAPE, fewer)).isEmpty();
    for (int part = 0; part < LookupParts.COUNT; part++) {
      var changed = new ArrayList<>(parts);
      changed.set(part, ByteBuffer.wrap(new byte[33]));
      assertThat(LookupParts.read(SHAPE, changed)).isEmpty();
      changed.remove(part);
      assertThat(LookupParts.read(SHAPE, changed)).isEmpty();
    }
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

  private static int seeded(int primes) {
    return primes * SET.degree() + HeContext.SEED_WORDS;
  }

  private static WireGaloisKeys keys(List<Integer> elements) {
    long words = (long) elements.size() * SET.dataPrimes().size() * seeded(SET.primes().size());
    return new WireGaloisKeys(elements, Words.allocate(words));
  }
}
