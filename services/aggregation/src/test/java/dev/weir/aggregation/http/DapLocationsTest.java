package dev.weir.aggregation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.id.TaskId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DapLocationsTest {
  private static final TaskId TASK = TaskId.of("8BY0RzZMzxvA46_8ymhzycOB9krN-QIGYvg_RsByGec");

  @ParameterizedTest
  @CsvSource({
    "https://leader.example/dap/, /dap/",
    "https://operator.example/leader/dap/, /leader/dap/",
    "http://127.0.0.1:8081/dap, /dap/",
    "https://operator.example/a%20b/dap/, /a%20b/dap/",
    "https://leader.example/, /"
  })
  void location_isBelowThePathThatTasksName(URI address, String base) {
    var locations = new DapLocations(address);
    assertThat(locations.collectionJob(TASK, "x"))
        .isEqualTo(base + "tasks/" + TASK + "/collection_jobs/x");
    assertThat(locations.aggregationJob(TASK, "x"))
        .isEqualTo(base + "tasks/" + TASK + "/aggregation_jobs/x");
    assertThat(locations.aggregateShare(TASK, "x"))
        .isEqualTo(base + "tasks/" + TASK + "/aggregate_shares/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://leader.example", "https://leader.example//evil/", "mailto:a@b"})
  void addressThatWouldNameAnotherHost_isRefusedAtStart(URI address) {
    assertThatThrownBy(() -> new DapLocations(address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void problem_namesItsTaskOnce_andKeepsTheRest() {
    var few = new ProblemException(ProblemType.TOO_MANY_REQUESTS, "Wait.", Map.of("n", 1));
    assertThatThrownBy(() ->
            NamedTask.in(
                TASK,
                () -> {
                  throw few;
                }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
              assertThat(e.detail()).isEqualTo("Wait.");
              assertThat(e.extensions())
                  .containsOnly(Map.entry("n", 1), Map.entry("taskid", "" + TASK));
            });
    assertThat(NamedTask.<Integer>in(TASK, () -> 7)).isEqualTo(7);
  }
}
