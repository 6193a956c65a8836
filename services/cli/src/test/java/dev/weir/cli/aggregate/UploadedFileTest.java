package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.ExitCode;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.Bilingual;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code weir aggregate upload} makes of files, and of rows that do not count. */
class UploadedFileTest extends UploadTest {
  @Test
  void rowsThatDoNotCount_areToldInTheUsersLanguage_withACodeForPrograms() throws IOException {
    refusal = Optional.of(ReportError.REPORT_DROPPED);
    for (var language : Bilingual.Language.values()) {
      var rows = rowsShown("1\nx\n", "--json", "--lang", language.name());
      assertThat(rows.findValuesAsText("code")).containsExactly("report_dropped", "not_integers");
      assertThat(rows.get(0).path("why").asText())
          .isEqualTo(RowReason.of("report_dropped").text().in(language));
      assertThat(rows.get(1).path("why").asText())
          .isEqualTo(RowFault.NOT_INTEGERS.text().in(language));
    }
  }

  @Test
  void fileWhoseHeadingIsNotAsSaid_orThatHoldsNoRow_isNotSent() throws IOException {
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("1\n0\n", "--header", "--lang", "en")))
        .contains("the first row is data and no heading");
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("住院天数\n1\n0\n", "--lang", "en")))
        .contains("add --header if it is a heading");
    for (String none : List.of("", "\n \n", "days\n", "days\n\n")) {
      String[] flags = none.startsWith("days") ? new String[] {"--header"} : new String[0];
      assertThat(upload(none, flags)).as("of %s", none).isEqualTo(ExitCode.USAGE.status());
    }
    assertThat(arrived).isEmpty();
    assertThat(upload("住院天数\n1\n\"0\"\n", "--header")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(2);
    assertThat(upload("住院天数\n1\n\"0\"\n"))
        .as("gone on with")
        .isEqualTo(ExitCode.NOTHING_NEW.status());
  }

  @Test
  void manyRowsThatDoNotCount_areShownToAProgram_andTheFirstOfThemToAPerson() throws IOException {
    String rows = "1\n" + "x\n".repeat(30);
    assertThat(rowsShown(rows, "--json")).hasSize(30);
    assertThat(rowsShown(rows, "-o", "jsonl")).hasSize(30);
    assertThat(errorsOf(ExitCode.FAILED, () -> upload(rows, "--lang", "en")))
        .contains("10 more rows are not shown");
  }

  @Test
  void rowsBeyondTheTasksCap_areTold() throws IOException {
    task(2, new TimeInterval(1, 1_000_000));
    assertThat(errorsOf(() -> upload("1\n0\n"))).doesNotContain("at most");
    assertThat(errorsOf(() -> upload("1\n0\n1\n", "--lang", "en")))
        .contains("at most 2 reports of a party", "the file has 3,");
  }

  @Test
  void pipe_isRefused() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(upload(pipe)).isEqualTo(ExitCode.USAGE.status());
    assertThat(upload(directory)).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
  }

  @Test
  void fileThatGrewSinceItsRowsWereSent_doesNotCountThemAgain() throws IOException {
    for (String end : List.of("\n", "\r\n")) {
      var ones = String.join(end, Collections.nCopies(40, "1"));
      for (String sent : List.of(ones, ones.replace('1', '0') + end)) {
        arrived.clear();
        assertThat(upload(sent)).isEqualTo(ExitCode.OK.status());
        int before = arrived.size();
        assertThat(upload(sent + end + "x")).isEqualTo(ExitCode.USAGE.status());
        assertThat(upload(sent + end + "1" + end)).isEqualTo(ExitCode.USAGE.status());
        assertThat(arrived).hasSize(before);
      }
    }
    arrived.clear();
    var grown = "1\n".repeat(41);
    assertThat(upload(grown, "--again")).isZero();
    keyFile = "second";
    assertThat(upload(grown)).isZero();
    assertThat(arrived).hasSize(82).doesNotHaveDuplicates();
  }

  @Test
  void fileThatBeginsAsAnotherByChance_isTakenAndToldOf() throws IOException {
    assertThat(errorsOf(() -> upload("1\n0\n"))).isEmpty();
    assertThat(errorsOf(() -> upload("1\n0\n1\n", "--lang", "en")))
        .contains("the first 2 rows", "count again");
    assertThat(errorsOf(() -> upload("1\n"))).isEmpty();
    assertThat(arrived).hasSize(6);
  }

  @Test
  void fileThatChangesMeanwhile_isTold() throws IOException {
    Path file = directory.resolve("rows.csv");
    var rows = "1\n0\n".repeat(300);
    atUpload = () -> append(file, "1\n");
    assertThat(upload(rows)).isEqualTo(ExitCode.FAILED.status());
    assertThat(arrived).as("what came later").hasSize(600).doesNotHaveDuplicates();
    atUpload = () -> {};
    assertThat(upload(file)).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).hasSize(600);
  }

  private static void append(Path file, String rows) {
    try {
      Files.writeString(file, rows, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
