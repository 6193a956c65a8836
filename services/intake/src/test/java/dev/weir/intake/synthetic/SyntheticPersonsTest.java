package dev.weir.intake.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.child.Reads;
import dev.weir.intake.profile.ColumnProfile;
import dev.weir.intake.reader.Reading;
import dev.weir.kernel.data.ColumnRole;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticPersonsTest {
  @TempDir Path directory;

  @Test
  void file_isReproducibleSaysSyntheticAndIsRecognised() throws Exception {
    var persons = new SyntheticPersons(300, 6, 7);
    Path utf8 = directory.resolve("utf8.csv");
    Path gb = directory.resolve("gb.csv");

    long rows = persons.writeTo(utf8, StandardCharsets.UTF_8);
    persons.writeTo(gb, Charset.forName("GB18030"));

    assertThat(Files.readString(gb, Charset.forName("GB18030"))).isEqualTo(Files.readString(utf8));
    assertThat(Files.readAllLines(utf8).stream().skip(1))
        .hasSize((int) rows)
        .allMatch(line -> line.contains("SYNTHETIC"));
    Map<String, ColumnProfile> columns =
        Reads.profile(gb, Reading.DETECTED).columns().stream()
            .collect(Collectors.toMap(ColumnProfile::name, Function.identity()));
    assertThat(columns.get("person_key").proposal().role()).hasValue(ColumnRole.PERSON_KEY);
    assertThat(columns.get("person_key").distinct()).isEqualTo(300);
    assertThat(columns.get("id_number").proposal().recogniser()).hasValue("id-number");
    assertThat(columns.get("姓名").proposal().recogniser()).hasValue("name-zh");
    assertThat(columns.get("phone").proposal().recogniser()).hasValue("phone");
    assertThat(columns.get("amount").proposal().role()).isEmpty();
  }
}
