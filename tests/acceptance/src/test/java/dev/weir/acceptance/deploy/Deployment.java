package dev.weir.acceptance.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.runtime.embedded.EmbeddedCache;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.testkit.LocalIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parts of {@code deploy/compose.yaml} as processes: the same command lines, configuration
 * files and secrets; only hosts, ports and directories are this machine's.
 */
final class Deployment implements AutoCloseable {
  private static final Path DEPLOY = Path.of(System.getProperty("weir.root"), "deploy");

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final Map<String, String> here = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final List<Process> running = new ArrayList<>();

  Deployment(Path directory, LocalIssuer issuer) throws Exception {
    this.directory = directory;
    Path secretFiles = directory.resolve("secrets");
    String realm = DEPLOY.resolve("keycloak").resolve("weir-realm.json").toString();
    finish(
        java(
            "dev.weir.cli.WeirCommand", "deploy-secrets", secretFiles.toString(), "--realm", realm),
        "deploy-secrets");
    var secrets = new SecretStore(secretFiles, new SecureRandom());
    postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(directory, EmbeddedCache.path(), LoopbackPorts.free(), secrets));
    try (var superuser = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = superuser.createStatement()) {
      statement.execute("create database weir");
    }
    kafka =
        EmbeddedKafka.startInProcess(
            KafkaSettings.in(
                    directory, LoopbackPorts.free(), LoopbackPorts.free(), secrets, List.of())
                .with(
                    new KafkaSettings.Certificates(
                        secretFiles.resolve("kafka-keystore.pem"),
                        secretFiles.resolve("kafka-trusted.pem"))));
    for (String part :
        List.of("space", "intake", "query", "audit", "leader", "helper", "witness")) {
      ports.put(part, LoopbackPorts.free());
      ports.put(part + "-admin", LoopbackPorts.free());
    }
    here.put("jdbc:postgresql://postgres:5432/weir", postgres.jdbcUrl("weir"));
    here.put("http://leader:8080", "http://127.0.0.1:" + ports.get("leader"));
    here.put("http://helper:8080", "http://127.0.0.1:" + ports.get("helper"));
    here.put("kafka:9092", kafka.bootstrapServers());
    here.put("http://space:8080", "http://127.0.0.1:" + ports.get("space"));
    here.put("http://witness:8090", "http://127.0.0.1:" + ports.get("witness"));
    here.put(
        "http://keycloak:8080/realms/weir/protocol/openid-connect/certs",
        issuer.configuration().jwksUri().toString());
    here.put("http://keycloak:8080/realms/weir", issuer.issuer());
    here.put("0.0.0.0", "127.0.0.1");
    here.put("/run/secrets", secretFiles.toString());
    here.put("/var/lib/weir", directory.resolve("data").toString());
  }

  int port(String name) {
    return ports.get(name);
  }

  /** Runs the part's command to its end. */
  void finish(String part) throws Exception {
    finish(command(part), part);
  }

  /** Starts the part's command and leaves it running. */
  Process start(String part) throws IOException {
    var process = builder(command(part), part).start();
    running.add(process);
    return process;
  }

  String log(String part) throws IOException {
    return Files.readString(directory.resolve(part + ".log"));
  }

  private List<String> command(String part) throws IOException {
    JsonNode compose = new YAMLMapper().readTree(DEPLOY.resolve("compose.yaml").toFile());
    String configured = configuration(part).toString();
    var command = new ArrayList<String>();
    for (JsonNode word : compose.path("services").path(part).path("command")) {
      command.add(
          switch (word.asText()) {
            case "java" -> java();
            case "/opt/weir/weir-cli.jar" -> classPath();
            default -> word.asText().replace("/etc/weir/" + part + ".yaml", configured);
          });
    }
    if (!command.contains(configured)) {
      throw new IllegalStateException(part + " does not start from its own configuration");
    }
    return command;
  }

  private Path configuration(String part) throws IOException {
    String yaml = Files.readString(DEPLOY.resolve("config").resolve(part + ".yaml"));
    for (var replaced : here.entrySet()) {
      yaml = yaml.replace(replaced.getKey(), replaced.getValue());
    }
    if (ports.containsKey(part)) {
      yaml =
          yaml.replaceAll("(?m)^( *)port: \\d+$", "$1port: " + ports.get(part))
              .replaceAll(
                  "(?m)^( *)adminPort: \\d+$", "$1adminPort: " + ports.get(part + "-admin"));
    }
    return Files.writeString(directory.resolve(part + ".yaml"), yaml);
  }

  private void finish(List<String> command, String name) throws Exception {
    int status = builder(command, name).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(name + " ended with " + status + ": " + log(name));
    }
  }

  /** With the options that the image sets. */
  private ProcessBuilder builder(List<String> command, String name) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_TOOL_OPTIONS", imageOptions());
    builder.redirectOutput(directory.resolve(name + ".log").toFile());
    return builder;
  }

  private static String imageOptions() throws IOException {
    try (Stream<String> lines = Files.lines(DEPLOY.resolve("Dockerfile"))) {
      return lines
          .filter(line -> line.startsWith("ENV JAVA_TOOL_OPTIONS="))
          .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> java(String main, String... arguments) {
    var command = new ArrayList<>(List.of(java(), "-cp", classPath(), main));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : running.reversed()) {
      process.destroy();
    }
    for (Process process : running) {
      process.waitFor();
    }
    kafka.close();
    postgres.close();
  }
}
