package dev.weir.acceptance.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the whole story over three million flights, and once with a check that must fail. */
class DemoStoryTest {
  private static final List<String> ACTS =
      List.of(
          "stack",
          "parties",
          "domain",
          "aggregation",
          "resources",
          "intake",
          "products",
          "contract",
          "questions",
          "refusals",
          "homomorphic",
          "stop",
          "audit");
  private static final long SEED = 20261122;
  private static final int OWN_ROWS = 5_000;

  @TempDir private Path directory;

  @Test
  void story_onThreeMillionFlights_holdsEveryCheck() throws Exception {
    // when
    var run = DemoRun.play(List.of("-Dweir.demo.state=demo-story"), List.of());
    // then
    assertThat(run.told())
        .allSatisfy(line -> assertThat(line.path("ok").asBoolean()).as("%s", line).isTrue());
    assertThat(run.told().stream().map(line -> line.path("act").asText()).distinct())
        .containsExactlyElementsOf(ACTS);
    assertThat(run.summary().path("act").asText()).isEqualTo("summary");
    assertThat(run.summary().path("checks").asInt()).isGreaterThanOrEqualTo(25);
    assertThat(run.summary().path("failed").asInt()).isZero();
    assertThat(run.status()).isZero();
    assertThat(figure(run, "sealed-flights", "accepted")).isGreaterThan(2_999_000);
    assertThat(figure(run, "counted", "reports")).isEqualTo(2_000);
    assertThat(figure(run, "leaves", "releases")).isEqualTo(2);
    assertThat(figure(run, "forgeries", "split-randomness")).isEqualTo(4);
    assertThat(figure(run, "forgeries", "not-verified")).isEqualTo(2);
  }

  /** Also the story over somebody's own file, with private selection of groups. */
  @Test
  void story_withACheckThatMustFail_endsWithAFailure() throws Exception {
    // given
    Path file = directory.resolve("homes.csv");
    Files.writeString(file, homes());
    // when
    var run =
        DemoRun.play(
            List.of("-Dweir.demo.state=demo-broken", "-Dweir.demo.breakACheck=true"),
            List.of("--act", "questions", "--data", file.toString()));
    // then
    var failed = run.told().stream().filter(line -> !line.path("ok").asBoolean()).toList();
    assertThat(failed)
        .singleElement()
        .satisfies(line -> assertThat(line.path("step").asText()).isEqualTo("own-count-true"));
    assertThat(run.summary().path("failed").asInt()).isEqualTo(1);
    assertThat(run.status()).isEqualTo(1);
  }

  private static double figure(DemoRun run, String step, String figure) {
    return run.told().stream()
        .filter(line -> line.path("step").asText().equals(step))
        .map(line -> line.path("figures").path(figure))
        .mapToDouble(JsonNode::asDouble)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String homes() {
    var random = new SplittableRandom(SEED);
    var text = new StringBuilder("district,kind,area,price\n");
    for (int row = 0; row < OWN_ROWS; row++) {
      text.append(List.of("east", "west", "north").get(random.nextInt(3)))
          .append(',')
          .append((char) ('A' + random.nextInt(3)))
          .append(',')
          .append(30 + random.nextInt(170))
          .append(',')
          .append(100 + random.nextInt(900))
          .append(".5\n");
    }
    return text.toString();
  }
}
