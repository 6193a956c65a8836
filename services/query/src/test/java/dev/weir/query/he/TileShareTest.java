package dev.weir.query.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of a table are all of it, none twice, each in a partition of its own. */
class TileShareTest {
  private static final HeParameters SET = HeParameters.CELLS_4096;

  @ParameterizedTest
  @CsvSource({"8203, 3", "8203, 2", "4097, 2", "1048576, 7", "1048576, 64", "5, 1"})
  void shares_areAllKeys_inTheirOrder(int keys, int shares) {
    var whole = new CellLayout(SET, keys, 2, 20);
    int next = 0;
    for (int number = 0; number < shares; number++) {
      var share = new TileShare(number, shares);
      assertThat(share.firstKey(whole)).isEqualTo(next);
      assertThat(share.part(whole).terms()).isEqualTo(share.blocks(whole.terms()));
      next += share.part(whole).keys();
    }
    assertThat(next).isEqualTo(keys);
    assertThatThrownBy(() -> new TileShare(shares, shares))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void count_isWhatTheSizeOfAShareAsksFor_andNeverMoreThanThereAreBlocks() {
    var million = new CellLayout(SET, 1 << 20, 4, 48); // 24 rows of 256 tiles of 32 KiB: 192 MiB
    assertThat(TileShare.count(million, 128L << 20)).isEqualTo(2);
    assertThat(TileShare.count(million, 192L << 20)).isEqualTo(1);
    assertThat(TileShare.count(million, 1)).isEqualTo(TileShare.MAX_SHARES);
    assertThat(TileShare.count(new CellLayout(SET, 4_097, 1, 8), 1)).isEqualTo(2);
    assertThat(TileShare.count(new CellLayout(SET, 4_096, 1, 8), 1)).isEqualTo(1);
  }

  /** As many members as shares get one share each, with the group's assignment by ranges. */
  @Test
  void sharesOfATable_goToPartitionsOfTheirOwn_asLongAsThereAreSome() {
    for (int shares : new int[] {2, 3, 4}) {
      var partitions = new HashSet<Integer>();
      for (int number = 0; number < shares; number++) {
        var share = new TileShare(number, shares);
        String key = KafkaShareKeys.key("contract/rollup", share);
        assertThat(KafkaShareKeys.partitionOf(key)).isEqualTo(KafkaShareKeys.partition(share));
        partitions.add(KafkaShareKeys.partition(share));
      }
      assertThat(partitions).hasSize(shares);
    }
    assertThat(KafkaShareKeys.partition(new TileShare(63, 64))).isEqualTo(3);
  }
}
