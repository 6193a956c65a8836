package dev.weir.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the stand-alone verifier. */
final class PythonVerifier {
  private PythonVerifier() {}

  static JsonNode run(Path export, List<String> arguments)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("python3", "-B", "verifier/weir_verify.py", "verify", export.toString()));
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = process.getInputStream().readAllBytes();
    process.waitFor();
    return new ObjectMapper().readTree(output);
  }
}
