package dev.weir.cli.campaign.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The leaves of the log in its order, as the database holds them. Immutable. */
final class Leaves {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Leaf> all;
  private final Map<String, Leaf> byId = new HashMap<>();

  /**
   * @param body the bytes that were hashed
   */
  @SuppressWarnings("ArrayRecordComponent") // hashed, never compared
  record Leaf(long index, String id, byte[] body, JsonNode json) {
    String kind() {
      return json.path("kind").asText();
    }

    String object() {
      return json.path("object").asText();
    }

    String contract() {
      return json.path("contractId").asText();
    }

    JsonNode figures() {
      return json.path("figures");
    }

    long figure(String name) {
      return figures().path(name).asLong();
    }
  }

  private Leaves(List<Leaf> all) {
    this.all = List.copyOf(all);
    all.forEach(leaf -> byId.put(leaf.id(), leaf));
  }

  static Leaves read(PostgresTables tables) throws SQLException, IOException {
    var leaves = new ArrayList<Leaf>();
    for (var row : tables.rows("select idx, leaf_id, body from audit.leaf order by idx")) {
      byte[] body = row.bytes("body");
      leaves.add(new Leaf(row.number("idx"), row.text("leaf_id"), body, JSON.readTree(body)));
    }
    return new Leaves(leaves);
  }

  List<Leaf> all() {
    return all;
  }

  List<Leaf> of(String kind) {
    return all.stream().filter(leaf -> leaf.kind().equals(kind)).toList();
  }

  boolean has(String id, String kind, String object) {
    Leaf leaf = byId.get(id);
    return leaf != null && leaf.kind().equals(kind) && leaf.object().equals(object);
  }

  boolean has(String id) {
    return byId.containsKey(id);
  }

  /** The leaf of that id; an empty object stands for one that is absent. */
  JsonNode figures(String id) {
    Leaf leaf = byId.get(id);
    return leaf == null ? JSON.createObjectNode() : leaf.figures();
  }
}
