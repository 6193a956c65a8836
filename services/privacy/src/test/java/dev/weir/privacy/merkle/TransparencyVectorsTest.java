package dev.weir.privacy.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every case of transparency-dev/merkle that the data folder holds, refusals included. */
class TransparencyVectorsTest {
  private static final Path DATA =
      Path.of(System.getProperty("weir.data", "absent")).resolve("merkle-rfc6962");

  private final ProofVerifier verifier = new ProofVerifier(TreeHasher.sha256());
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void inclusion_everyVector_hasItsVerdict() throws IOException {
    var files = files("inclusion");
    assertThat(files).hasSizeGreaterThan(40);
    for (var file : files) {
      var vector = json.readTree(file.toFile());
      boolean holds =
          verifier.inclusion(
              vector.get("leafIdx").asLong(),
              vector.get("treeSize").asLong(),
              hash(vector, "leafHash"),
              proof(vector),
              hash(vector, "root"));
      assertThat(holds).as(file.toString()).isNotEqualTo(vector.get("wantErr").asBoolean());
    }
  }

  @Test
  void consistency_everyVector_hasItsVerdict() throws IOException {
    var files = files("consistency");
    assertThat(files).hasSizeGreaterThan(40);
    for (var file : files) {
      var vector = json.readTree(file.toFile());
      boolean holds =
          verifier.consistency(
              vector.get("size1").asLong(),
              vector.get("size2").asLong(),
              hash(vector, "root1"),
              hash(vector, "root2"),
              proof(vector));
      assertThat(holds).as(file.toString()).isNotEqualTo(vector.get("wantErr").asBoolean());
    }
  }

  private static List<Path> files(String kind) throws IOException {
    assumeTrue(Files.exists(DATA), "the shared data is not here: set weir.data");
    try (var walk = Files.walk(DATA.resolve(kind))) {
      return walk.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Hash hash(JsonNode vector, String field) {
    return Hash.ofBase64(vector.get(field).asText(""));
  }

  private static List<Hash> proof(JsonNode vector) {
    var path = new ArrayList<Hash>();
    vector.get("proof").forEach(node -> path.add(Hash.ofBase64(node.asText())));
    return path;
  }
}
