package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.cli.demo.Field.Bounds;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {
  private static final Bounds PROPOSAL =
      new Bounds(BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.ONE, true);

  @TempDir private Path directory;

  @Test
  void declarations_decideWhatTheySay_andLeaveTheRest() throws IOException {
    // given
    var declared =
        read(
            """
            {"timeZone": "Asia/Shanghai",
             "personKey": {"column": "id", "maxGroups": 2, "maxRowsPerGroup": 3},
             "columns": {"age": {"lower": 0, "upper": 120}, "city": {"keys": ["a", "b"]}}}
            """);
    // when
    var department = new DeclaredDepartment(declared, new ActingDepartment(Optional.empty()));
    // then
    assertThat(department.zone(List.of("t"))).contains(ZoneId.of("Asia/Shanghai"));
    assertThat(department.personKey(Optional.empty(), List.of("id", "age", "city")))
        .contains(new PersonKey("id", 2, 3));
    assertThat(department.bounds("age", PROPOSAL).dependsOnData()).isFalse();
    assertThat(department.bounds("other", PROPOSAL)).isEqualTo(PROPOSAL);
    assertThat(department.keys("city")).containsExactly("a", "b");
    assertThat(department.keys("other")).isEmpty();
  }

  @Test
  void declarations_ofAColumnThatTheFileDoesNotHave_areRefused() throws IOException {
    // given
    var declared = read("{\"columns\": {\"nope\": {\"lower\": 0, \"upper\": 1}}}");
    // then
    assertThatThrownBy(() -> declared.requireColumns(List.of("age")))
        .isInstanceOf(CommandFault.class)
        .hasMessageContaining("nope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"colums\": {}}",
        "{\"timeZone\": \"Mars\"}",
        "{\"columns\": {\"a\": {\"lower\": 1}}}",
        "{\"columns\": {\"a\": {\"granule\": 1}}}",
        "{\"columns\": {\"a\": {\"lower\": 2, \"upper\": 1}}}",
        "{\"columns\": {\"a\": {\"lower\": 0, \"upper\": 1, \"granule\": 0}}}",
        "{\"personKey\": {\"column\": \"a\", \"maxGroups\": 0, \"maxRowsPerGroup\": 1}}"
      })
  void declarations_thatMakeNoSense_areRefusedInOneLine(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CommandFault.class)
        .hasMessageMatching("[^\n]+declare.json[^\n]+");
  }

  private Declarations read(String text) throws IOException {
    return Declarations.read(Files.writeString(directory.resolve("declare.json"), text));
  }
}
