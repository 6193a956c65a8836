package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stand-alone verifier said.
 *
 * @param ok its exit status
 * @param findings what it named
 */
record PythonVerifier(boolean ok, List<JsonNode> findings) {
  PythonVerifier {
    findings = List.copyOf(findings);
  }

  static PythonVerifier run(Path root, Path export) throws IOException, InterruptedException {
    Path script =
        root.resolve("services").resolve("audit").resolve("verifier").resolve("weir_verify.py");
    var process =
        new ProcessBuilder("python3", script.toString(), "verify", export.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    JsonNode said = Json.mapper().readTree(process.getInputStream().readAllBytes());
    var findings = new ArrayList<JsonNode>();
    said.path("findings").forEach(findings::add);
    return new PythonVerifier(process.waitFor() == 0, findings);
  }

  /** The first leaf named, -1 when there is none. */
  long firstLeaf() {
    return findings.stream()
        .mapToLong(finding -> finding.path("index").asLong(-1))
        .filter(index -> index >= 0)
        .findFirst()
        .orElse(-1);
  }
}
