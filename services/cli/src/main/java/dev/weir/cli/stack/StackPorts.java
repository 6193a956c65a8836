package dev.weir.cli.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ports of one stack, chosen at its first start and kept while they stay free, so that two
 * checkouts run side by side. Immutable.
 */
public record StackPorts(Map<String, Integer> byName) {
  static final String POSTGRES = "postgres";
  static final String KAFKA = "kafka";
  static final String KAFKA_CONTROLLER = "kafka-controller";
  static final String KEYCLOAK = "keycloak";
  static final String KEYCLOAK_MANAGEMENT = "keycloak-management";
  static final String WITNESS = "witness";

  public StackPorts {
    byName = Map.copyOf(byName);
  }

  static StackPorts read(Path directory) {
    Path file = directory.resolve("ports.json");
    if (!Files.exists(file)) {
      return new StackPorts(Map.of());
    }
    try {
      return new StackPorts(
          Json.mapper()
              .readValue(Files.readAllBytes(file), new TypeReference<Map<String, Integer>>() {}));
    } catch (IOException e) {
      return new StackPorts(Map.of()); // half-written: choose again
    }
  }

  /** The ports of last time where they are free, others where they are not; persisted. */
  static StackPorts chooseFor(Path directory) {
    var kept = read(directory).byName();
    var chosen = new TreeMap<String, Integer>();
    for (String name : names()) {
      int port = kept.getOrDefault(name, 0);
      boolean usable = port > 0 && !chosen.containsValue(port) && LoopbackPorts.isFree(port);
      chosen.put(name, usable ? port : fresh(chosen));
    }
    try {
      byte[] json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(chosen);
      OwnerOnly.directory(directory);
      OwnerOnly.write(
          directory.resolve("ports.json"), new String(json, StandardCharsets.UTF_8) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StackPorts(chosen);
  }

  static List<String> names() {
    var names =
        new ArrayList<>(
            List.of(POSTGRES, KAFKA, KAFKA_CONTROLLER, KEYCLOAK, KEYCLOAK_MANAGEMENT, WITNESS));
    for (Service service : Service.values()) {
      names.add(service.id());
      names.add(admin(service));
    }
    names.add(Custodian.NAME);
    names.add(admin(Custodian.NAME));
    return names;
  }

  static String admin(Service service) {
    return admin(service.id());
  }

  static String admin(String service) {
    return service + "-admin";
  }

  public int port(String name) {
    Integer port = byName.get(name);
    if (port == null) {
      throw new IllegalStateException("no port was chosen for " + name);
    }
    return port;
  }

  /** Base address of what listens there. */
  public URI address(String name) {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + port(name));
  }

  private static int fresh(TreeMap<String, Integer> taken) {
    int port = LoopbackPorts.free();
    while (taken.containsValue(port)) {
      port = LoopbackPorts.free();
    }
    return port;
  }
}
