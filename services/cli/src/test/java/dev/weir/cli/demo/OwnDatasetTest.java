package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.demo.Dataset.Decided;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.runtime.json.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnDatasetTest {

  @ParameterizedTest
  @CsvSource({
    "30, 200, true, 30, 200",
    "-7, 1688, true, -100, 1700",
    "0.013, 0.877, false, 0.01, 0.88",
    "-3.25, -1.5, false, -3.3, -1.5",
    "1, 3, true, 1, 3",
    "7, 7, true, 7, 8",
    "0, 0, true, 0, 1"
  })
  void bounds_ofAProfile_areRoundedOutwardsAndAreBoundsOfAContract(
      BigDecimal least, BigDecimal most, boolean whole, BigDecimal lower, BigDecimal upper) {
    // when
    var bounds = OwnDataset.outwards(least, most, whole);
    // then
    assertThat(bounds.lower()).isEqualByComparingTo(lower).isLessThanOrEqualTo(least);
    assertThat(bounds.upper()).isEqualByComparingTo(upper).isGreaterThanOrEqualTo(most);
    assertThat(bounds.dependsOnData()).isTrue();
    // A contract refuses bounds that are no multiples of the granule.
    assertThat(new MeasureBounds(bounds.lower(), bounds.upper(), bounds.granule(), true).granule())
        .isPositive();
  }

  @Test
  void personKey_thatTheRecognisersPropose_isKeptAndBounded() {
    // when
    var decided = decide(column("person_id", "STRING", "PERSON_KEY"), column("n", "INTEGER", ""));
    // then
    assertThat(decided.personKey()).contains(new PersonKey("person_id", 1, 4));
    var key = decided.fields().getFirst();
    assertThat(key.role()).isEqualTo("PERSON_KEY");
    assertThat(key.offered()).isTrue();
    assertThat(key.treatment()).containsEntry("type", "pseudonym");
  }

  @Test
  void column_thatNamesSomebody_isDropped() {
    // when
    var decided =
        decide(column("phone", "STRING", "DIRECT_IDENTIFIER"), column("n", "INTEGER", ""));
    // then
    assertThat(decided.fields().getFirst().grants()).containsExactly("NEVER");
    assertThat(decided.fields().getLast().bounds()).isPresent();
  }

  @Test
  void file_ofOneColumn_keepsItOpen() {
    // when
    var decided = decide(column("n", "INTEGER", ""));
    // then
    assertThat(decided.fields().getFirst().grants()).doesNotContain("NEVER");
  }

  @Test
  void times_withoutAZone_areRefusedUnlessOneIsDeclared() {
    // given
    var times = column("t", "TIMESTAMP", "").put("localTime", true);
    var silent = new OwnDataset(Path.of("f.csv"), new ActingDepartment(Optional.empty()));
    var declared =
        new OwnDataset(Path.of("f.csv"), new ActingDepartment(Optional.of(ZoneId.of("UTC"))));
    // then
    assertThat(declared.furtherReading(profile(times))).containsEntry("timeZone", "UTC");
    assertThatThrownBy(() -> silent.furtherReading(profile(times)))
        .isInstanceOf(CommandFault.class)
        .hasMessageContaining("--zone");
  }

  private static Decided decide(ObjectNode... columns) {
    var department = new ActingDepartment(Optional.empty());
    return new OwnDataset(Path.of("f.csv"), department).decide(profile(columns));
  }

  private static ObjectNode profile(ObjectNode... columns) {
    var profile = Json.mapper().createObjectNode().put("rows", 10);
    profile.putArray("columns").addAll(List.of(columns));
    return profile;
  }

  private static ObjectNode column(String name, String type, String role) {
    var column =
        Json.mapper()
            .createObjectNode()
            .put("name", name)
            .put("type", type)
            .put("distinct", 5)
            .put("min", "1")
            .put("max", "9");
    if (!role.isEmpty()) {
      column.putObject("proposal").put("role", role).put("level", 3);
    }
    return column;
  }
}
