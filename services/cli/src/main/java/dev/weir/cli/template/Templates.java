package dev.weir.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies themselves, made from what is known. Pure functions. */
final class Templates {
  private static final long FEN_PER_CALL = 100;
  private static final long FEN_PER_RHO = 50_000;
  private static final long CEILING_FEN = 500_000;
  private static final int MAX_GROUPS = 1;
  private static final int MAX_ROWS_PER_GROUP = 4;

  private Templates() {}

  static ObjectNode participant(String code, Bilingual name, List<String> roles) {
    var party = Json.mapper().createObjectNode().put("creditCode", code);
    party.set("name", both(name));
    roles.forEach(party.putArray("roles")::add);
    return party;
  }

  /**
   * @param body credit code of the department whose data it is
   * @param purpose a code that contracts will name
   */
  static ObjectNode domain(String body, String purpose, Instant from, int days) {
    var domain = Json.mapper().createObjectNode();
    domain.set("name", both("公共数据授权运营域", "Operation domain for public data"));
    domain.put("implementingBody", body);
    var scene = domain.putObject("scene");
    scene.set("description", both("为规划与服务提供统计结果", "Statistics for planning and services"));
    var one = scene.putArray("purposes").addObject().put("code", purpose);
    one.set("description", both("统计与建模", "Statistics and models"));
    domain.set("term", term(from, days));
    domain.set(
        "exitRule",
        both("到期或终止后删除域内数据并出具证明", "At the end the data are deleted and that is certified"));
    domain.put("feeCeilingFen", 2 * FEN_PER_RHO).put("ceilingLevel", 4);
    return domain.put("suite", "gm");
  }

  /**
   * @param level of columns that no recogniser knows; without it they stay unclassified, and the
   *     resource is refused until somebody decides
   */
  static ObjectNode resource(
      JsonNode profile, String title, Optional<Integer> level, boolean synthetic) {
    var resource = titled(title);
    resource.put("openness", "CONDITIONAL");
    var columns = resource.putObject("schema").putArray("columns");
    for (JsonNode seen : profile.path("columns")) {
      JsonNode proposal = seen.path("proposal");
      var column = columns.addObject();
      for (String kept : List.of("name", "type", "scale")) {
        column.set(kept, seen.path(kept));
      }
      column.put("nullable", seen.path("nulls").asLong() > 0);
      column.put("role", proposal.path("role").asText("ORDINARY"));
      if (proposal.hasNonNull("level") || level.isPresent()) {
        column.put("legalClass", proposal.path("legalClass").asText("GENERAL"));
        column.put("level", proposal.path("level").asInt(level.orElse(0)));
      }
      column.put("description", "");
    }
    return resource.put("synthetic", synthetic);
  }

  static ObjectNode run(String resource, String source, List<ColumnProposal> columns) {
    var run = Json.mapper().createObjectNode().put("resourceId", resource).put("sourceId", source);
    run.putArray("cleaning");
    var treatments = run.putArray("treatments");
    for (ColumnProposal column : columns) {
      treatments
          .addObject()
          .put("column", column.name())
          .set("treatment", Json.mapper().valueToTree(column.treatment()));
    }
    return run;
  }

  /**
   * @param bounds and
   * @param keys by column, as the department declares them
   */
  static ObjectNode product(
      JsonNode resource,
      String kind,
      String table,
      List<ColumnProposal> columns,
      Map<String, ProposedBounds> bounds,
      Map<String, List<String>> keys) {
    var product = Json.mapper().createObjectNode();
    product.put("resourceId", resource.path("id").asText()).put("kind", kind);
    product.put("tableName", table);
    for (String kept : List.of("title", "description", "topic")) {
      product.set(kept, resource.path(kept));
    }
    var offered = product.putArray("columns");
    for (ColumnProposal column : columns) {
      if (column.isOffered()) {
        offered.add(
            column.offered(
                kind,
                Optional.ofNullable(bounds.get(column.name())),
                keys.getOrDefault(column.name(), List.of())));
      }
    }
    columns.stream()
        .filter(ColumnProposal::tellsPersonsApart)
        .findFirst()
        .ifPresent(key ->
            product
                .putObject("contribution")
                .put("personKey", key.name())
                .put("maxGroups", MAX_GROUPS)
                .put("maxRowsPerGroup", MAX_ROWS_PER_GROUP));
    product.put("minGroup", 20);
    product
        .putObject("price")
        .put("perCallFen", FEN_PER_CALL)
        .put("perRhoFen", FEN_PER_RHO)
        .put("freeCalls", 1)
        .put("ceilingFen", CEILING_FEN);
    return product;
  }

  /**
   * @param offers the products
   * @param consumer who asks
   */
  static ObjectNode contract(
      List<JsonNode> offers, String consumer, String purpose, ContractWish wish) {
    JsonNode first = offers.getFirst().path("terms");
    var contract = Json.mapper().createObjectNode();
    contract.put("name", "questions about " + first.path("tableName").asText());
    contract.put("summary", "").put("signMode", "02").put("suite", "gm");
    contract.set("term", term(wish.from(), wish.days()));
    contract.put("domainId", first.path("domainId").asText()).put("purpose", purpose);
    var products = contract.putArray("products");
    contract.putArray("services");
    var rules = contract.putArray("rules");
    var allotments = contract.putArray("allotments");
    var lineages = new ArrayList<String>();
    int minGroup = 0;
    for (JsonNode offer : offers) {
      JsonNode terms = offer.path("terms");
      products.add(terms.path("id").asText());
      rules.add(permission(terms, consumer, purpose, "compute", wish.uses()));
      if (wish.read()) {
        rules.add(permission(terms, consumer, purpose, "read", wish.uses()));
      }
      minGroup = Math.max(minGroup, terms.path("minGroup").asInt());
      String lineage = terms.path("lineageId").asText();
      if (terms.path("kind").asText().equals("DP") && !lineages.contains(lineage)) {
        lineages.add(lineage);
        allotments
            .addObject()
            .put("lineageId", lineage)
            .put("nanoRho", wish.nanoRho())
            .put("picoDelta", wish.picoDelta());
      }
    }
    contract.set("price", first.path("price"));
    return contract.put("minGroup", minGroup);
  }

  /**
   * The newest round as a draft of the next, for whoever answers it.
   *
   * @param uses how often the contract may be used, where its rules count
   * @param nanoRho of every lineage allotted
   */
  static ObjectNode round(
      JsonNode newest, String note, Optional<Integer> uses, Optional<Long> nanoRho) {
    JsonNode terms = newest.path("terms").deepCopy();
    uses.ifPresent(count -> terms.path("rules").forEach(rule -> count(rule, count)));
    nanoRho.ifPresent(
        rho -> terms.path("allotments").forEach(one -> ((ObjectNode) one).put("nanoRho", rho)));
    var round = Json.mapper().createObjectNode();
    round.put("answers", newest.path("round").asInt()).put("note", note);
    var draft = round.putObject("draft");
    for (String kept :
        List.of("name", "summary", "signMode", "suite", "term", "domainId", "purpose")) {
      draft.set(kept, terms.path(kept));
    }
    var products = draft.putArray("products");
    terms.path("products").forEach(product -> products.add(product.path("id").asText()));
    var services = draft.putArray("services");
    for (JsonNode party : terms.path("parties")) {
      if (party.path("type").asText().equals("03")) {
        services.add(party.path("creditCode"));
      }
    }
    for (String kept : List.of("rules", "allotments", "price", "minGroup")) {
      draft.set(kept, terms.path(kept));
    }
    return round;
  }

  private static void count(JsonNode rule, int uses) {
    for (JsonNode constraint : rule.path("constraints")) {
      if (constraint.path("name").asText().equals("count")) {
        ((ObjectNode) constraint).putArray("values").add(String.valueOf(uses));
      }
    }
  }

  private static ObjectNode permission(
      JsonNode terms, String consumer, String purpose, String action, int uses) {
    var rule = Json.mapper().createObjectNode();
    rule.put("id", action + "-" + terms.path("tableName").asText()).put("kind", "PERMISSION");
    rule.put("party", consumer).put("action", action).put("target", terms.path("id").asText());
    var constraints = rule.putArray("constraints");
    constraints
        .addObject()
        .put("name", "count")
        .put("operator", "lteq")
        .put("item", "")
        .putArray("values")
        .add(String.valueOf(uses));
    constraints
        .addObject()
        .put("name", "expansionItem")
        .put("operator", "eq")
        .put("item", "purpose")
        .putArray("values")
        .add(purpose);
    rule.putArray("duties").addObject().put("action", "logRecordSend").putArray("constraints");
    return rule;
  }

  private static ObjectNode titled(String title) {
    var titled = Json.mapper().createObjectNode();
    titled.set("title", both(title, title));
    titled.set("description", both(title, title));
    return titled.put("topic", "general");
  }

  private static JsonNode term(Instant from, int days) {
    Instant begin = from.truncatedTo(ChronoUnit.SECONDS);
    return Json.mapper()
        .createObjectNode()
        .put("from", begin.toString())
        .put("to", begin.plus(Duration.ofDays(days)).toString());
  }

  private static JsonNode both(String zh, String en) {
    return both(new Bilingual(zh, en));
  }

  private static JsonNode both(Bilingual text) {
    return Json.mapper().createObjectNode().put("zh", text.zh()).put("en", text.en());
  }
}
