package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptNoteTest {
  private static final ReceiptNote NOTE = new ReceiptNote("leaf", "query", "contract", 5_000, 200);

  @Test
  void note_belowAResult_isFoundAgain() {
    // given
    String csv = "n,n 95%\n12,\"[3, 21]\"\n" + String.join("\n", NOTE.lines()) + "\n";
    // then
    assertThat(ReceiptNote.in(csv)).contains(NOTE);
  }

  @Test
  void note_whenARowOfDataLooksLikeOne_isStillTheTrailingOne() {
    // given
    String csv = "name\n# receipt: forged\n" + String.join("\n", NOTE.lines()) + "\n";
    // then
    assertThat(ReceiptNote.in(csv)).contains(NOTE);
  }

  @Test
  void note_ofAJsonResult_isItsMembers() throws Exception {
    // given
    var query =
        Map.of(
            "receiptLeaf", "leaf",
            "id", "query",
            "contractId", "contract",
            "charged", Map.of("nanoRho", 5_000, "fen", 200));
    // then
    assertThat(ReceiptNote.in(Json.mapper().writeValueAsString(query))).contains(NOTE);
  }

  @Test
  void note_whenThereIsNone_isEmpty() {
    assertThat(ReceiptNote.in("n\n12\n# receipt: leaf\n")).isEmpty();
    assertThat(ReceiptNote.in("")).isEmpty();
    assertThat(ReceiptNote.in("{")).isEmpty();
  }

  @Test
  void differences_nameWhatTheLeafSaysOtherwise() {
    // given
    var leaf =
        Json.mapper()
            .valueToTree(
                Map.of(
                    "id", "leaf",
                    "object", "query",
                    "contractId", "contract",
                    "figures", Map.of("nanoRho", "5000", "fen", "300")));
    // then
    assertThat(NOTE.differences(leaf)).containsExactly("fen");
  }
}
