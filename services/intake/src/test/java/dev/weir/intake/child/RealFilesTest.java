package dev.weir.intake.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.profile.ColumnProfile;
import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.ColumnSpec;
import dev.weir.intake.reader.Reading;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RealFilesTest {

  @Test
  void profile_ofTaxiTrips_findsTypesAndLocalTimes() {
    var profile = Reads.profile(data("transport-nyc-taxi/taxis.csv"), Reading.DETECTED);

    assertThat(profile.rows()).isEqualTo(6433);
    assertThat(column(profile, "pickup").type()).isEqualTo(ColumnType.TIMESTAMP);
    assertThat(column(profile, "pickup").localTime()).isTrue();
    assertThat(column(profile, "passengers").type()).isEqualTo(ColumnType.INTEGER);
    assertThat(column(profile, "fare").type()).isEqualTo(ColumnType.DECIMAL);
    assertThat(column(profile, "payment").nulls()).isPositive();
    assertThat(column(profile, "color").distinct()).isEqualTo(2);
  }

  @Test
  void profile_ofFileWithByteOrderMark_keepsTheFirstHeaderClean() {
    var profile = Reads.profile(data("zh-hk-mtr/mtr_bus_stops.csv"), Reading.DETECTED);

    assertThat(profile.columns().getFirst().name()).isEqualTo("ROUTE_ID");
    assertThat(profile.rows()).isEqualTo(856);
    assertThat(column(profile, "STATION_LATITUDE").proposal().recogniser()).hasValue("coordinate");
    assertThat(column(profile, "STATION_NAME_CHI").proposal().role()).isEmpty();
  }

  @Test
  void profile_ofStations_countsBlankRowsAsUnreadable() {
    var profile = Reads.profile(data("zh-hk-mtr/mtr_lines_and_stations.csv"), Reading.DETECTED);

    assertThat(profile.unreadableRows()).containsEntry("blank-row", 3L);
    assertThat(profile.columns().getFirst().name()).isEqualTo("Line_Code");
    assertThat(profile.columns().getFirst().sourceName()).isEqualTo("Line Code");
  }

  @Test
  void profile_ofGb18030File_equalsThatOfUtf8() throws Exception {
    Path utf8 = data("zh-admin-divisions/areas.csv");
    Path gb = Files.createTempFile("areas", ".csv");
    Files.writeString(gb, Files.readString(utf8), java.nio.charset.Charset.forName("GB18030"));

    var fromGb = Reads.profile(gb, Reading.DETECTED);
    var fromUtf8 = Reads.profile(utf8, Reading.DETECTED);

    assertThat(fromGb.encoding()).isEqualTo("GB18030");
    assertThat(fromUtf8.encoding()).isEqualTo("UTF-8");
    assertThat(fromGb.columns()).isEqualTo(fromUtf8.columns());
    assertThat(fromGb.rows()).isEqualTo(2978);
    Files.delete(gb);
  }

  @Test
  void profile_ofCovidDay_readsChineseNamesAndCodes() {
    var profile = Reads.profile(data("zh-covid19-daily/2020-02-01.csv"), Reading.DETECTED);

    assertThat(profile.rows()).isEqualTo(453);
    assertThat(column(profile, "date").type()).isEqualTo(ColumnType.DATE);
    assertThat(column(profile, "confirmed").type()).isEqualTo(ColumnType.INTEGER);
  }

  @Test
  void profile_ofCensusWithoutHeader_numbersItsColumns() {
    var reading =
        new Reading(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty());

    var profile = Reads.profile(data("census-adult/adult.data"), reading);

    assertThat(profile.rows()).isEqualTo(32_561);
    assertThat(profile.duplicateRows()).isEqualTo(24);
    assertThat(profile.columns()).hasSize(15);
    assertThat(profile.columns().getLast().frequent().getFirst())
        .isEqualTo(new ColumnProfile.Frequent("<=50K", 24_720));
  }

  @Test
  void rows_ofTimesWithoutDeclaredZone_areRefused() {
    Path file = data("transport-nyc-taxi/taxis.csv");
    var columns =
        Reads.profile(file, Reading.DETECTED).columns().stream()
            .map(c -> new ColumnSpec(c.name(), c.type(), c.scale()))
            .toList();

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Reads.rows(file, Reading.DETECTED, columns, row -> {}))
        .hasMessage("ZONE_UNDECLARED");
    var declared =
        new Reading(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("America/New_York"));
    assertThat(Reads.rows(file, declared, columns, row -> {})).isEqualTo(6433);
  }

  @Test
  void proposal_forCreditCodesAndPhones_namesThem() throws Exception {
    Path file = Files.createTempFile("people", ".csv");
    Files.writeString(file, "姓名,手机,评分\n王小明,13800000000,5\n李雷,13900000001,4\n欧阳修远,13700000002,3\n");

    var profile = Reads.profile(file, Reading.DETECTED);

    assertThat(column(profile, "姓名").proposal().role()).hasValue(ColumnRole.DIRECT_IDENTIFIER);
    assertThat(column(profile, "手机").proposal().recogniser()).hasValue("phone");
    assertThat(column(profile, "评分").proposal().role()).isEmpty();
    Files.delete(file);
  }

  private static ColumnProfile column(SourceProfile profile, String name) {
    return profile.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Path data(String name) {
    String root = System.getProperty("weir.data", "");
    Path file = Path.of(root, name).normalize();
    Assumptions.assumeTrue(Files.exists(file), "third-party data not found: -Dweir.data");
    return file;
  }
}
