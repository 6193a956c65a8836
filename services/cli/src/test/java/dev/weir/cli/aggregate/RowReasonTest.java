package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collector.Alert;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.report.ReportError;
import dev.weir.kernel.Bilingual;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a contributor is told of a row, and a collector of a sum, is a sentence. */
class RowReasonTest {
  private static void assertTold(Bilingual text) {
    assertThat(text.en()).doesNotContainPattern("\\p{IsHan}").contains(" ");
    assertThat(text.zh()).containsPattern("\\p{IsHan}{6}");
  }

  @Test
  void everyReasonThatAJournalKeeps_hasItsSentenceAndItsCode() {
    var unknown = RowReason.of("code 200").text();
    var kept =
        Stream.of(
                Arrays.stream(ReportError.values()).map(ReportError::label),
                Arrays.stream(ReportError.values())
                    .map(error -> BulkUpload.REFUSED + error.label()),
                Arrays.stream(RowFault.values()).map(RowFault::reason))
            .flatMap(all -> all);
    assertThat(kept)
        .allSatisfy(reason -> {
          var told = RowReason.of(reason);
          assertThat(told.text()).isNotEqualTo(unknown);
          assertThat(told.code()).matches("[a-z_]+");
          assertTold(told.text());
        });
    assertThat(RowReason.of("refused: report_dropped").code()).isEqualTo("report_dropped");
    assertThat(RowReason.of("not integers separated by commas").code()).isEqualTo("not_integers");
  }

  @Test
  void errorOfAnotherEdition_keepsItsNumber() {
    assertThat(RowReason.of("refused: code 200").code()).isEqualTo("code 200");
    assertTold(RowReason.of("refused: code 200").text());
  }

  @Test
  void everyAlert_saysThatTheSumIsNotToBeUsed() {
    for (Alert alert : Alert.values()) {
      assertTold(AlertText.of(alert));
      assertThat(AlertText.of(alert).en()).contains("Do not use", alert.name());
      assertThat(AlertText.of(alert).zh()).contains("请勿采用", alert.name());
    }
  }
}
