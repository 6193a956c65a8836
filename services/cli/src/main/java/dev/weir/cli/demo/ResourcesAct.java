package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.command.Waiting;
import dev.weir.kernel.Bilingual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files are uploaded, profiled and graded; a person confirms; resources are registered, authorised
 * and capped by two persons.
 */
final class ResourcesAct implements Act {
  private static final long CAP_NANO_RHO = 1_000_000_000L;
  private static final long CAP_PICO_DELTA = 1_000_000L;

  @Override
  public String name() {
    return "resources";
  }

  @Override
  public Bilingual title() {
    return say("登记数据资源", "Data resources are registered");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var datasets = new DemoDatasets(stage.state().cache(), stage.directory("data"));
    Item airports = publish(stage, datasets.airports());
    var own = stage.options().data();
    if (own.isPresent()) {
      publish(stage, new OwnDataset(own.get(), stage.options().department()).dataset());
    } else {
      publish(stage, datasets.flights(airports));
      publish(stage, datasets.persons());
    }
  }

  static Item publish(Stage stage, Dataset dataset) throws Exception {
    var story = stage.story();
    var officer = stage.as("department-officer");
    var item = new Item(dataset);
    stage.items().put(dataset.table(), item);
    String table = dataset.table();
    if (dataset.synthetic()) {
      story.narrator().note(say("以下数据全部为合成数据。", "The next data are synthetic throughout."));
    }
    JsonNode source =
        story.step(
            "upload-" + table,
            say("上传 " + dataset.file().getFileName(), "uploaded " + dataset.file().getFileName()),
            () ->
                officer.upload(
                    "intake",
                    "/v1/sources?name="
                        + UrlPath.segment(String.valueOf(dataset.file().getFileName())),
                    dataset.file()));
    item.source(source.path("id").asText());
    story.step(
        "profile-" + table,
        say("在独立受限进程中画像，并建议分级", "profiled in a capped process of its own, grading proposed"),
        () -> {
          profile(officer, item, dataset.reading());
          return true;
        });
    Map<String, String> further = dataset.decisions().furtherReading(item.profile());
    if (!further.isEmpty()) {
      profile(officer, item, further);
    }
    confirm(stage, item);
    return item;
  }

  private static void profile(WeirClient officer, Item item, Map<String, String> reading)
      throws InterruptedException {
    String source = "/v1/sources/" + item.source();
    officer.post("intake", source + "/profile", reading);
    JsonNode read = Waiting.forSource(officer, item.source(), state -> {});
    if (!read.path("status").asText().equals("PROFILED")) {
      String why = read.path("problem").asText();
      throw new CommandFault(ExitCode.USAGE, "文件无法读取：" + why, "the file cannot be read: " + why);
    }
    item.profile(officer.get("intake", source + "/profile"));
  }

  private static void confirm(Stage stage, Item item) throws Exception {
    var story = stage.story();
    var officer = stage.as("department-officer");
    String table = item.dataset().table();
    item.decide();
    var fields = item.fields();
    tellGrading(stage, item, fields);
    if (stage.items().size() == 1) {
      unclassified(stage, item, fields);
    }
    JsonNode resource =
        story.step(
            "register-" + table,
            say("人工确认分级并登记资源", "grading confirmed by a person, resource registered"),
            () -> officer.post("space", "/v1/resources", draft(item, fields, true)));
    item.registered(resource.path("id").asText(), resource.path("lineageId").asText());
    story.check(
        "code-" + table,
        say("资源获得标识码", "the resource has its identification code"),
        !resource.path("code").asText().isEmpty()
            && resource.path("level").asInt() == level(fields),
        Map.of("code", resource.path("code").asText(), "level", resource.path("level").asInt()));
    story.step(
        "authorise-" + table,
        say("授权进入运营域", "authorised into the domain"),
        () ->
            officer.post(
                "space",
                "/v1/domains/" + stage.domain() + "/resources",
                Map.of("resourceId", item.resource())));
    if (!item.dataset().exact()) {
      cap(stage, item);
    }
  }

  static void cap(Stage stage, Item item) throws Exception {
    var story = stage.story();
    String table = item.dataset().table();
    String lineage = "/v1/lineages/" + item.lineage() + "/cap-proposals";
    var draft =
        Map.of("capNanoRho", CAP_NANO_RHO, "capPicoDelta", CAP_PICO_DELTA, "reason", "first year");
    JsonNode proposed =
        story.step(
            "cap-" + table,
            say("提出谱系预算上限", "a cap for the lineage's privacy budget is proposed"),
            () -> stage.as("department-officer").post("space", lineage, draft));
    String approval = lineage + "/" + proposed.path("pending").path("id").asText() + "/approval";
    story.check(
        "cap-one-person-" + table,
        say("提出者本人不能批准", "who proposed it cannot approve it"),
        isRefused(() -> stage.as("department-officer").post("space", approval), "same-hands"));
    JsonNode approved =
        story.step(
            "cap-approved-" + table,
            say("第二人批准", "approved by a second person"),
            () -> stage.as("department-approver").post("space", approval));
    story.check(
        "cap-holds-" + table,
        say("上限生效", "the cap holds"),
        approved.path("capNanoRho").asLong() == CAP_NANO_RHO,
        Map.of("rho", CAP_NANO_RHO / 1e9));
  }

  private static void tellGrading(Stage stage, Item item, List<Field> fields) {
    var story = stage.story();
    long proposed = 0;
    for (Field field : fields) {
      JsonNode proposal = item.profileOf(field.name()).path("proposal");
      if (proposal.hasNonNull("recogniser")) {
        proposed++;
        boolean kept = proposal.path("role").asText().equals(field.role());
        String tail = kept ? "" : " → " + field.role();
        story
            .narrator()
            .note(
                Bilingual.same(
                    field.name()
                        + ": "
                        + proposal.path("recogniser").asText()
                        + ", "
                        + proposal.path("role").asText()
                        + " "
                        + proposal.path("level").asText()
                        + tail));
      }
    }
    story.check(
        "profiled-" + item.dataset().table(),
        say("每列均已画像", "every column was profiled"),
        fields.size() == item.profile().path("columns").size(),
        Map.of("rows", item.profile().path("rows").asLong(), "proposals", proposed));
  }

  private static void unclassified(Stage stage, Item item, List<Field> fields) {
    stage
        .story()
        .check(
            "unclassified",
            say("未分类分级的资源不能保存", "a resource without class and level cannot be saved"),
            isRefused(
                () ->
                    stage
                        .as("department-officer")
                        .post("space", "/v1/resources", draft(item, fields, false)),
                "unclassified"));
  }

  private static int level(List<Field> fields) {
    return fields.stream().mapToInt(Field::level).max().orElse(1);
  }

  static Map<String, Object> draft(Item item, List<Field> fields, boolean graded) {
    var draft = new LinkedHashMap<String, Object>();
    draft.put("title", item.dataset().title());
    draft.put("description", item.dataset().description());
    draft.put("topic", item.dataset().topic());
    draft.put("openness", "CONDITIONAL");
    var columns = new ArrayList<Object>();
    for (Field field : fields) {
      var column = column(item, field);
      if (!graded) {
        column.remove("legalClass");
        column.remove("level");
      }
      columns.add(column);
    }
    draft.put("schema", Map.of("columns", columns));
    draft.put("synthetic", item.dataset().synthetic());
    return draft;
  }

  static Map<String, Object> column(Item item, Field field) {
    JsonNode profile = item.profileOf(field.name());
    var column = new LinkedHashMap<String, Object>();
    column.put("name", field.name());
    column.put("type", profile.path("type").asText());
    column.put("scale", profile.path("scale").asInt());
    column.put("nullable", profile.path("nulls").asLong() > 0);
    column.put("role", field.role());
    column.put("legalClass", "GENERAL");
    column.put("level", field.level());
    column.put("description", field.description());
    return column;
  }

  static boolean isRefused(Runnable call, String slug) {
    try {
      call.run();
      return false;
    } catch (ApiProblem problem) {
      return problem.slug().equals(slug);
    }
  }
}
