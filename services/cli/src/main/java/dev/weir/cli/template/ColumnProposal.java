package dev.weir.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.runtime.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows for intake and product from what was confirmed of one column, as a first proposal.
 * Immutable.
 *
 * @param confirmed the resource's column
 * @param profile what the provider saw of it
 */
record ColumnProposal(JsonNode confirmed, JsonNode profile) {
  private static final int FEW = 200;

  String name() {
    return confirmed.path("name").asText();
  }

  boolean tellsPersonsApart() {
    return is("PERSON_KEY");
  }

  /** Whatever names a person does not leave the file. */
  Map<String, Object> treatment() {
    return Map.of(
        "type", is("DIRECT_IDENTIFIER") ? "drop" : is("PERSON_KEY") ? "pseudonym" : "keep");
  }

  boolean isOffered() {
    return !is("DIRECT_IDENTIFIER");
  }

  /**
   * The product's column: used for nothing that is not granted here.
   *
   * @param kind EXACT or DP
   * @param bounds declared by the department; else the profile's
   * @param keys the declared key domain; else groups are selected privately
   */
  ObjectNode offered(String kind, Optional<ProposedBounds> bounds, List<String> keys) {
    var column = Json.mapper().createObjectNode();
    ObjectNode treated = confirmed.deepCopy();
    if (tellsPersonsApart()) {
      treated.put("type", "STRING").put("scale", 0);
    }
    column.set("column", treated);
    var constraints = constraints(kind.equals("DP"));
    var grants = column.putArray("grants");
    if (!constraints.isEmpty()) {
      var grant = grants.addObject().putArray("constraints");
      constraints.forEach(grant::add);
    }
    if (isNumber() && constraints.contains("PLAINTEXT_AFTER_AGGREGATE")) {
      column.set("bounds", bounds(bounds));
    }
    if (constraints.contains("PLAINTEXT_AFTER_GROUP_BY")) {
      var domain = column.putObject("keyDomain").put("declared", !keys.isEmpty());
      keys.forEach(domain.putArray("values")::add);
    }
    return column.put("unique", false);
  }

  private List<String> constraints(boolean noisy) {
    if (tellsPersonsApart()) {
      return List.of("JOIN_KEY_ONLY");
    }
    boolean groups = isText() && fewValues();
    if (is("SENSITIVE")) {
      return noisy && isMeasure() ? List.of("PLAINTEXT_AFTER_AGGREGATE") : List.of();
    }
    if (groups) {
      return List.of("PLAINTEXT_AFTER_GROUP_BY", "PLAINTEXT_AFTER_COMPARE");
    }
    if (!isMeasure()) {
      return List.of();
    }
    // Whoever may compare by what is nearly a key of records learns single records by it.
    return noisy || fewValues()
        ? List.of("PLAINTEXT_AFTER_AGGREGATE", "PLAINTEXT_AFTER_COMPARE")
        : List.of("PLAINTEXT_AFTER_AGGREGATE");
  }

  private ObjectNode bounds(Optional<ProposedBounds> declared) {
    var all = declared.orElseGet(this::seen);
    return Json.mapper()
        .createObjectNode()
        .put("lower", all.lower())
        .put("upper", all.upper())
        .put("granule", all.granule())
        .put("dependsOnData", declared.isEmpty());
  }

  private ProposedBounds seen() {
    return ProposedBounds.outwards(
        new BigDecimal(profile.path("min").asText()),
        new BigDecimal(profile.path("max").asText()),
        confirmed.path("type").asText().equals("INTEGER"));
  }

  private boolean is(String role) {
    return confirmed.path("role").asText().equals(role);
  }

  private boolean isMeasure() {
    return isNumber() && profile.hasNonNull("min") && profile.hasNonNull("max");
  }

  private boolean isNumber() {
    return List.of("INTEGER", "DECIMAL", "DOUBLE").contains(confirmed.path("type").asText());
  }

  private boolean isText() {
    return List.of("STRING", "BOOLEAN").contains(confirmed.path("type").asText());
  }

  private boolean fewValues() {
    return profile.path("distinct").asLong() <= FEW;
  }
}
