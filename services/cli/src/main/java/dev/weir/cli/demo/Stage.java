package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.PartyKey;
import dev.weir.cli.client.Profile;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.stack.StackState;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the acts share: the story, one client for each account, and what came of earlier acts.
 * Confined to the demo's thread.
 */
final class Stage {
  private final Story story;
  private final StackState state;
  private final DemoOptions options;
  private final Map<String, WeirClient> clients = new HashMap<>();
  private final Map<String, PartyKey> keys = new HashMap<>();
  private final Map<String, Item> items = new LinkedHashMap<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private final JsonNode parties;
  private String domain = "";
  private String contract = "";
  private String task = "";

  Stage(Story story, StackState state, DemoOptions options) {
    this.story = story;
    this.state = state;
    this.options = options;
    try {
      Path file = state.root().resolve("deploy").resolve("demo").resolve("parties.json");
      this.parties = Json.mapper().readTree(Files.readAllBytes(file)).path("parties");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Story story() {
    return story;
  }

  StackState state() {
    return state;
  }

  DemoOptions options() {
    return options;
  }

  /** Calls the services as one account of the realm. */
  WeirClient as(String account) {
    return clients.computeIfAbsent(
        account,
        name -> {
          try {
            return new WeirClient(Profile.read(state.profile(name)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  JsonNode parties() {
    return parties;
  }

  /** The credit code of department, operator, builder or regulator. */
  String code(String party) {
    for (JsonNode one : parties) {
      if (one.path("key").asText().equals(party)) {
        return one.path("creditCode").asText();
      }
    }
    throw new IllegalArgumentException("no party " + party);
  }

  Map<String, PartyKey> keys() {
    return keys;
  }

  PartyKey key(String party) {
    return required(keys.get(party), party);
  }

  /** By table name, in the order of registration. */
  Map<String, Item> items() {
    return items;
  }

  Item item(String table) {
    return required(items.get(table), table);
  }

  /** Questions answered so far. */
  List<Asked> asked() {
    return asked;
  }

  String domain() {
    return domain;
  }

  void domain(String id) {
    domain = id;
  }

  String contract() {
    return contract;
  }

  void contract(String id) {
    contract = id;
  }

  /** Of the aggregation; empty before there is one. */
  String task() {
    return task;
  }

  void task(String id) {
    task = id;
  }

  /** Cells that may be asked about, under a contract of their own. */
  record Hidden(String contract, String product) {}

  /** At most one; none when the story is about somebody's own file. */
  List<Hidden> hidden() {
    return hidden;
  }

  void hidden(String contract, String product) {
    hidden.add(new Hidden(contract, product));
  }

  /** A directory of the demo's own, readable by its owner alone. */
  Path directory(String name) {
    return OwnerOnly.directory(state.directory().resolve("demo").resolve(name));
  }

  private static <T> T required(@org.jspecify.annotations.Nullable T value, String name) {
    if (value == null) {
      throw new IllegalStateException("an earlier act left no " + name);
    }
    return value;
  }
}
