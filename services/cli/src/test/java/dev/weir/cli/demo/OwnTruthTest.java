package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.demo.Department.PersonKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Person a has four records in two groups, one of them empty; person b has one. */
class OwnTruthTest {
  private static final String CSV = "p,g,v\na,x,1\na,x,5\na,y,\na,y,-2\nb,x,7\n";
  private static final OwnTruth RECORDS = new OwnTruth(Optional.empty());
  private static final OwnTruth PERSONS = new OwnTruth(Optional.of(new PersonKey("p", 1, 2)));

  @TempDir private Path directory;
  private DuckDbTruth duckDb;

  @BeforeEach
  void declare() throws SQLException, IOException {
    duckDb = new DuckDbTruth();
    Path file = Files.writeString(directory.resolve("own.csv"), CSV);
    String columns = "p, g, TRY_CAST(NULLIF(v, '') AS BIGINT) AS v";
    duckDb.textView("own", file, ",", List.of("'p'", "'g'", "'v'"), "true", columns);
  }

  @AfterEach
  void close() throws SQLException {
    duckDb.close();
  }

  @Test
  void records_areKnownExactly() throws SQLException {
    assertThat(row(RECORDS.count())).containsExactly(5);
    assertThat(row(RECORDS.sum("v"))).containsExactly(11);
    assertThat(row(RECORDS.sumAndCount("v"))).containsExactly(11, 4);
    assertThat(duckDb.byKey(RECORDS.groups("g", List.of("x"))))
        .containsOnlyKeys("x")
        .containsEntry("x", List.of(new BigDecimal(3)));
  }

  @Test
  void persons_areKnownAsFarAsTheSecretChoiceLetsThem() throws SQLException {
    assertThat(row(PERSONS.count())).containsExactly(3);
    // two of 1, 5, nothing, -2; and 7
    assertThat(row(PERSONS.sum("v"))).containsExactly(-2 + 0 + 7, 5 + 1 + 7);
    assertThat(row(PERSONS.sumAndCount("v"))).containsExactly(5, 13, 2, 3);
    // a is in two groups, and only one of them counts
    var groups = duckDb.byKey(PERSONS.groups("g", List.of()));
    assertThat(groups.get("x")).extracting(BigDecimal::intValue).containsExactly(1, 3);
    assertThat(groups.get("y")).extracting(BigDecimal::intValue).containsExactly(0, 2);
  }

  @Test
  void ranks_ofPersons_areIntervals() throws SQLException {
    // when
    String sql = PERSONS.ranks("v").replace("?2", "6").replace("?", "2");
    // then: present 2 to 3; below two at least 0, at most 2; up to six 1 (b never) ...
    assertThat(row(sql)).containsExactly(2, 3, 0, 2, 1, 2);
  }

  private List<Integer> row(String sql) throws SQLException {
    return duckDb.row(sql).stream().map(BigDecimal::intValue).toList();
  }
}
