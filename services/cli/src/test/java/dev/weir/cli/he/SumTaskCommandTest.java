package dev.weir.cli.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.kernel.CreditCode;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SumTaskCommandTest {
  @TempDir private Path directory;

  @Test
  void composedTask_isReadBack_withTheSameId() throws Exception {
    Path file = directory.resolve("task.json");
    assertThat(compose(file, "2", "0..500")).isZero();
    var task = SumTaskCommand.read(file);
    assertThat(task.producers()).hasSize(3);
    assertThat(task.adders()).extracting("suite").containsOnly("gm");
    assertThat(task.most()).isEqualTo(500);
    assertThat(SumTaskCommand.shown(task).path("task").asText()).isEqualTo(task.id());
  }

  @Test
  void taskThatBreaksARule_isRefusedWithTheRule() throws Exception {
    Path file = directory.resolve("broken.json");
    assertFault(() -> compose(file, "4", "0..500"), "2 ≤ k ≤ producers");
    assertFault(() -> compose(file, "2", "0..x"), "0..500");
    assertThat(file).doesNotExist();
    assertThat(compose(file, "2", "0..500")).isZero();
    assertThatThrownBy(() -> compose(file, "2", "0..500"))
        .isInstanceOf(FileAlreadyExistsException.class);
    var task = (ObjectNode) Json.mapper().readTree(file.toFile());
    Files.writeString(file, task.put("minProducers", 9).toString());
    assertFault(() -> SumTaskCommand.read(file), "2 ≤ k ≤ producers");
    Files.writeString(file, "null");
    assertFault(() -> SumTaskCommand.read(file), "no sum that can be used");
    Files.writeString(file, "{\n\n\"v\": ]");
    assertFault(() -> SumTaskCommand.read(file), "line 3");
  }

  private void assertFault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(CommandFault.class).hasMessageContaining(why);
  }

  private int compose(Path file, String minProducers, String bounds) throws Exception {
    var arguments = new ArrayList<>(List.of("--contract", "5f0c8d0e-2a4b-4a57-9d0f-2b8f5f1f9a10"));
    arguments.addAll(List.of("--product", "5f0c8d0e-2a4b-4a57-9d0f-2b8f5f1f9a11"));
    arguments.addAll(List.of("--consumer", code(9), "--column", "minutes", "--bounds", bounds));
    arguments.addAll(List.of("--public-key-sha256", "ab".repeat(32)));
    arguments.addAll(List.of("--min-producers", minProducers));
    for (int producer = 1; producer <= 3; producer++) {
      arguments.addAll(List.of("--producer", named(producer, "intl")));
    }
    arguments.addAll(List.of("--adder", named(4, "gm"), "--adder", named(5, "gm")));
    arguments.addAll(List.of("--closer", named(6, "intl"), file.toString()));
    var thrown = new AtomicReference<@Nullable Exception>();
    int status =
        new CommandLine(new SumTaskCommand())
            .setExecutionExceptionHandler((why, line, parsed) -> {
              thrown.set(why);
              return 1;
            })
            .execute(arguments.toArray(String[]::new));
    Exception fault = thrown.get();
    if (fault != null) {
      throw fault;
    }
    return status;
  }

  /** As {@code weir key show -o json} prints it. */
  private String named(int party, String suite) throws IOException {
    var pair = SigningSuite.named(suite).generate(new SecureRandom());
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("suite", suite)
            .put("publicKey", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    Path file = Files.writeString(directory.resolve("party" + party + ".json"), shown.toString());
    return code(party) + "=" + file;
  }

  private static String code(int number) {
    String body = "9133010000000000" + number;
    return CreditCode.of(body + CreditCode.checkCharacter(body)).value();
  }
}
