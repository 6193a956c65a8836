package dev.weir.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
  @TempDir private Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream aside = new ByteArrayOutputStream();

  private void print(boolean wasUp, boolean json) throws Exception {
    var report =
        new StackReport(
            StackReport.Phase.READY,
            "ready",
            ProcessMark.current(),
            1,
            Map.of(),
            Map.of(),
            Map.of("kafka", 1.0));
    new UpCommand(new PrintStream(out, true, UTF_8), new PrintStream(aside, true, UTF_8))
        .print(new StackState(root, root), report, wasUp, json);
  }

  @Test
  void thatOneOperatorRunsBothAggregators_isSaidAtEachStart() throws Exception {
    for (boolean wasUp : new boolean[] {false, true}) {
      out.reset();
      print(wasUp, false);
      assertThat(out.toString(UTF_8)).contains(OneOperator.NOTE.zh(), OneOperator.NOTE.en());
    }
  }

  @Test
  void toPrograms_itIsSaidBesideTheJson() throws Exception {
    print(false, true);
    assertThat(Json.mapper().readTree(out.toByteArray()).path("phase").asText()).isEqualTo("READY");
    assertThat(aside.toString(UTF_8)).contains(OneOperator.NOTE.zh(), OneOperator.NOTE.en());
  }
}
