package dev.weir.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTreeTest {
  @Test
  void numbers_areWrittenAsPeopleDo() {
    var tree = new TextTree(5);
    var numbers =
        Map.of(
            20.0, "20", 0.5, "0.5", -13.25, "-13.25", 1e6, "1000000", 1e-7, "0.0000001", 0.0, "0");
    numbers.forEach((number, text) ->
        assertThat(tree.text(Json.mapper().valueToTree(Map.of("n", number)).path("n")))
            .isEqualTo(text));
    assertThat(tree.text(Json.mapper().valueToTree(Map.of("n", 1e300)).path("n")))
        .isEqualTo("1E+300");
  }
}
