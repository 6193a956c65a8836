package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.demo.Dataset.Decided;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.runtime.json.Json;
import java.util.List;
import java.util.Optional;

/** A dataset on its way from file to product, with the ids it was given. Confined to the demo. */
final class Item {
  private final Dataset dataset;
  private String source = "";
  private String resource = "";
  private String lineage = "";
  private String product = "";
  private JsonNode profile = Json.mapper().createObjectNode();
  private Decided decided = Decided.records();
  private JsonNode quality = Json.mapper().createObjectNode();

  Item(Dataset dataset) {
    this.dataset = dataset;
  }

  Dataset dataset() {
    return dataset;
  }

  String source() {
    return source;
  }

  void source(String id) {
    source = id;
  }

  String resource() {
    return resource;
  }

  String lineage() {
    return lineage;
  }

  void registered(String resourceId, String lineageId) {
    resource = resourceId;
    lineage = lineageId;
  }

  String product() {
    return product;
  }

  void product(String id) {
    product = id;
  }

  JsonNode profile() {
    return profile;
  }

  void profile(JsonNode read) {
    profile = read;
  }

  /** Has the person decide, once. */
  void decide() {
    decided = dataset.decisions().decide(profile);
  }

  List<Field> fields() {
    return decided.fields();
  }

  Optional<PersonKey> personKey() {
    return decided.personKey();
  }

  JsonNode quality() {
    return quality;
  }

  void quality(JsonNode report) {
    quality = report;
  }

  JsonNode profileOf(String column) {
    for (JsonNode one : profile.path("columns")) {
      if (one.path("name").asText().equals(column)) {
        return one;
      }
    }
    throw new IllegalStateException("the file has no column " + column);
  }
}
