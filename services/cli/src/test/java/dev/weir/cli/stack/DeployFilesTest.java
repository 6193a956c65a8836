package dev.weir.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DeployFilesTest {
  private static final Path DEPLOY = Path.of(System.getProperty("weir.root"), "deploy");

  @TestFactory
  Stream<DynamicTest> deployedFile_isWhatTheCatalogueSays() {
    return DeployFiles.render().entrySet().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getKey(),
                () ->
                    assertThat(DEPLOY.resolve(file.getKey()))
                        .as("write it anew with ./weir deploy-files")
                        .hasContent(file.getValue())));
  }

  @Test
  void compose_startsEveryServiceAndPublishesOnLoopbackOnly() throws Exception {
    // given
    JsonNode compose = new YAMLMapper().readTree(DEPLOY.resolve("compose.yaml").toFile());
    // when
    var names = new TreeSet<String>();
    compose.path("services").fieldNames().forEachRemaining(names::add);
    // then
    assertThat(names)
        .contains("kafka", "postgres", "keycloak", "space", "intake", "query", "audit", "witness");
    for (JsonNode service : compose.path("services")) {
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
    assertThat(Files.readString(DEPLOY.resolve("compose.yaml"))).doesNotContain("PASSWORD: ");
  }
}
