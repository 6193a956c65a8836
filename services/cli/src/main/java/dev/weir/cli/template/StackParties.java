package dev.weir.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The organisations whose accounts the embedded stack has. Immutable. */
record StackParties(JsonNode parties) {
  /** What an organisation is registered as; administrators and services are roles of accounts. */
  private static final Set<String> ROLES =
      Set.of("PROVIDER", "CONSUMER", "OPERATOR", "LABELLER", "REVIEWER", "AUDITOR");

  static StackParties read(Path root) throws IOException {
    Path file = root.resolve("deploy").resolve("demo").resolve("parties.json");
    return new StackParties(Json.mapper().readTree(Files.readAllBytes(file)).path("parties"));
  }

  List<String> names() {
    return parties.valueStream().map(party -> party.path("key").asText()).toList();
  }

  /**
   * @throws CommandFault when there is no such party
   */
  ObjectNode template(String key) {
    for (JsonNode party : parties) {
      if (party.path("key").asText().equals(key)) {
        return Templates.participant(
            party.path("creditCode").asText(),
            new Bilingual(
                party.path("name").path("zh").asText(), party.path("name").path("en").asText()),
            roles(party));
      }
    }
    throw new CommandFault(
        ExitCode.USAGE,
        "没有主体 " + key + "；有：" + names(),
        "there is no party " + key + "; " + names());
  }

  private static List<String> roles(JsonNode party) {
    var roles = new TreeSet<String>();
    for (JsonNode client : party.path("clients")) {
      for (JsonNode role : client.path("roles")) {
        roles.add(role.asText().toUpperCase(Locale.ROOT));
      }
    }
    roles.retainAll(ROLES);
    return List.copyOf(roles);
  }
}
