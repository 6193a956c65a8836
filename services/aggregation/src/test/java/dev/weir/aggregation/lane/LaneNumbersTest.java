package dev.weir.aggregation.lane;

import static dev.weir.aggregation.lane.LaneNumbers.Heard.AFTER_A_GAP;
import static dev.weir.aggregation.lane.LaneNumbers.Heard.NEXT;
import static dev.weir.aggregation.lane.LaneNumbers.Heard.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.InMemoryLaneStore;
import dev.weir.dap.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneNumbersTest {
  private static final Instant BEGUN = Instant.parse("2026-11-20T10:30:00Z");

  private final LaneNumbers one = new LaneBook(new InMemoryLaneStore(), 0).numbers();
  private final LaneNumbers other = new LaneBook(new InMemoryLaneStore(), 0).numbers();

  private List<Bytes> said(LaneNumbers lane, Instant now, int count) {
    var said = new ArrayList<Bytes>();
    for (int i = 0; i < count; i++) {
      said.add(lane.say(now.plusSeconds(i)));
    }
    return said;
  }

  @Test
  void eachMessage_isHeardOnce_andAGapIsNoticed() {
    var said = said(one, BEGUN, 6);
    assertThat(other.hear(Optional.of(said.get(0)))).isEqualTo(NEXT);
    assertThat(other.hear(Optional.of(said.get(1)))).isEqualTo(NEXT);
    assertThat(other.hear(Optional.of(said.get(0)))).isEqualTo(REPEATED);
    assertThat(other.hear(Optional.of(said.get(1)))).isEqualTo(REPEATED);
    assertThat(other.hear(Optional.of(said.get(4)))).isEqualTo(AFTER_A_GAP);
    assertThat(other.hear(Optional.of(said.get(3)))).isEqualTo(REPEATED);
    assertThat(other.hear(Optional.of(said.get(5)))).isEqualTo(NEXT);
  }

  /** Else a leader that was installed anew would be heard by nobody. */
  @Test
  void aLaneThatBeganAnew_isHeardFromItsFirstMessage() {
    said(one, BEGUN, 9).forEach(number -> other.hear(Optional.of(number)));
    var anew = new LaneBook(new InMemoryLaneStore(), 0).numbers();
    var said = said(anew, BEGUN.plusSeconds(3600), 2);
    assertThat(other.hear(Optional.of(said.getFirst()))).isEqualTo(NEXT);
    assertThat(other.hear(Optional.of(said.getFirst()))).isEqualTo(REPEATED);
    assertThat(other.hear(Optional.of(said.getLast()))).isEqualTo(NEXT);
  }

  @Test
  void noNumber_orNone_isTheNext() {
    said(one, BEGUN, 2).forEach(number -> other.hear(Optional.of(number)));
    assertThat(other.hear(Optional.empty())).isEqualTo(NEXT);
    assertThat(other.hear(Optional.of(Bytes.owning(new byte[3])))).isEqualTo(NEXT);
    assertThat(other.hear(Optional.of(Bytes.owning(new byte[LaneNumbers.LENGTH + 1]))))
        .isEqualTo(NEXT);
  }
}
