package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.kernel.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostileJsonTest {
  private static final Path FILES =
      Path.of(System.getProperty("weir.data", "absent"), "hostile-json");

  private static LocalIssuer issuer;
  private static TestService service;

  @BeforeAll
  static void start() {
    assumeTrue(Files.isDirectory(FILES), "the directory hostile-json of weir.data is absent");
    issuer = LocalIssuer.start();
    service =
        TestService.start(new ProbeApplication(new ProbeResource()), "probe", issuer, Map.of());
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
      issuer.close();
    }
  }

  @Test
  void malformedFiles_areRefused_wellFormedOnesRead_noneIsAFault() throws IOException {
    var wrong = new ArrayList<String>();
    for (Path file : files()) {
      var answer = service.anonymous().send("POST", "/v1/probe/any", Files.readAllBytes(file));
      String name = file.getFileName().toString();
      boolean read = answer.status() == 200;
      boolean refused = answer.is(ProblemType.MALFORMED_BODY);
      if (!read && !refused || name.startsWith("n_") && read) {
        wrong.add(name + " " + answer.status());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.list(FILES)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }
}
