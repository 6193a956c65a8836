package dev.weir.cli.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.stack.StackState;
import dev.weir.intake.synthetic.SyntheticPersons;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir template}: the JSON that {@code -f FILE} takes, to be read and edited first. */
@Command(
    name = "template",
    description = {
      "Print the JSON that a command's -f FILE takes, filled in from what is known. / 打印各命令 -f"
          + " FILE 所需的 JSON，已填入已知内容。",
      "Nothing is sent: read it, change it, then send it. FIRST-STEPS.md uses each of them. /"
          + " 不提交任何内容：先阅读修改，再提交。用法见 FIRST-STEPS.md。"
    },
    mixinStandardHelpOptions = true)
public final class TemplateCommands {
  /** A document that begins now is signed within it. */
  private static final Duration BEGUN = Duration.ofHours(1);

  private static final Duration BEGUN_LATER = Duration.ofMinutes(30);
  private static final long SYNTHETIC_SEED = 20260101;
  private static final int ROWS_PER_PERSON = 4;

  private final InstantSource clock = InstantSource.system();

  @Spec private @Nullable CommandSpec spec;

  @Command(
      name = "participant",
      description = {
        "For participant register / 用于 participant register",
        "PARTY is one whose accounts the embedded stack has: department, operator, builder, regulator"
            + " or helper; anybody else with --code, --name, --role. / PARTY 为内置账户所属主体，其他主体请用"
            + " --code、--name、--role。"
      },
      mixinStandardHelpOptions = true)
  int participant(
      @Parameters(paramLabel = "PARTY", arity = "0..1", defaultValue = "") String party,
      @Option(names = "--code", defaultValue = "", description = "credit code / 统一社会信用代码")
          String code,
      @Option(names = "--name", defaultValue = "", description = "its name / 名称") String name,
      @Option(
              names = "--role",
              split = ",",
              description = "PROVIDER, CONSUMER, OPERATOR, LABELLER, REVIEWER or AUDITOR / 角色，可多个")
          @Nullable List<String> roles)
      throws IOException {
    var known = StackParties.read(StackState.lasting().root());
    if (party.isEmpty() && code.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "请指明主体：" + known.names() + "，或用 --code",
          "name a party, one of " + known.names() + ", or say --code");
    }
    return print(
        party.isEmpty()
            ? Templates.participant(
                code, Bilingual.same(name), Optional.ofNullable(roles).orElse(List.of()))
            : known.template(party));
  }

  @Command(
      name = "domain",
      description = "For domain propose / 用于 domain propose",
      mixinStandardHelpOptions = true)
  int domain(
      @Option(
              names = "--implementing-body",
              paramLabel = "CODE",
              required = true,
              description = "credit code of the department whose data it is / 实施机构的信用代码")
          String body,
      @Option(
              names = "--purpose",
              defaultValue = "statistics",
              description = "code of a use that contracts may name / 用途代码")
          String purpose,
      @Option(names = "--days", defaultValue = "365", description = "its term / 期限（天）") int days) {
    say("请核对场景、期限、退出规则与费用上限", "look over scene, term, exit rule and fee ceiling");
    return print(Templates.domain(body, purpose, ago(BEGUN), days));
  }

  @Command(
      name = "resource",
      description = "For resource register, from a source's profile / 用于 resource register，依据画像",
      mixinStandardHelpOptions = true)
  int resource(
      @Mixin ClientOptions options,
      @Mixin SourceOf source,
      @Option(names = "--title", required = true, description = "what it is called / 名称")
          String title,
      @Option(
              names = "--level",
              description =
                  "level of columns that no recogniser knows; without it they stay unclassified /"
                      + " 未识别列的级别")
          @Nullable Integer level,
      @Option(names = "--synthetic", description = "nobody real is in it / 合成数据")
          boolean synthetic) {
    var profile = source.profile(options.client());
    say(
        "请逐列确认 role、legalClass、level：系统只作建议",
        "confirm role, legalClass and level of every column: they are proposals");
    return print(Templates.resource(profile, title, Optional.ofNullable(level), synthetic));
  }

  @Command(
      name = "intake",
      description = "For intake run / 用于 intake run",
      mixinStandardHelpOptions = true)
  int intake(
      @Mixin ClientOptions options,
      @Mixin SourceOf source,
      @Option(names = "--resource", required = true, description = "resource id / 资源编号")
          String resource) {
    var client = options.client();
    var columns = columns(resource(client, resource), source.profile(client));
    say(
        "人员键已改为假名，直接标识列已去除；清洗规则 cleaning 由您补充",
        "person keys become pseudonyms, direct identifiers are dropped; add rules to cleaning");
    return print(Templates.run(resource, source.id(), columns));
  }

  @Command(
      name = "product",
      description = "For product draft / 用于 product draft",
      mixinStandardHelpOptions = true)
  int product(
      @Mixin ClientOptions options,
      @Mixin SourceOf source,
      @Option(names = "--resource", required = true, description = "resource id / 资源编号")
          String resource,
      @Option(
              names = "--kind",
              required = true,
              description = "dp for data about persons, else exact / 含个人数据用 dp，否则 exact")
          Kind kind,
      @Option(names = "--table", required = true, description = "its name in SQL / SQL 中的表名")
          String table,
      @Mixin Declared declared) {
    var client = options.client();
    JsonNode registered = resource(client, resource);
    var columns = columns(registered, source.profile(client));
    declared.require(columns.stream().map(ColumnProposal::name).toList());
    say(
        "请核对每列的 grants：未授权的用途一律拒绝；dependsOnData 为 true 的界限取自数据，最好自行声明",
        "look over every column's grants: what is not granted is refused; bounds that depend on the"
            + " data are better declared");
    var product =
        Templates.product(
            registered, kind.name(), table, columns, declared.bounds(), declared.keys());
    declared.mark(product.path("columns"));
    declared.rollup(kind).ifPresent(cells -> product.set("rollup", cells));
    return print(product);
  }

  /** The two kinds of product. */
  enum Kind {
    EXACT,
    DP
  }

  @Command(
      name = "contract",
      description = "For contract propose, by the consumer / 用于 contract propose，由使用方提出",
      mixinStandardHelpOptions = true)
  int contract(
      @Mixin ClientOptions options,
      @Option(
              names = "--product",
              required = true,
              description = "product id, repeatable / 产品编号，可多个")
          List<String> products,
      @Option(
              names = "--purpose",
              defaultValue = "statistics",
              description = "a purpose of the domain's scene / 运营域场景中的用途")
          String purpose,
      @Option(names = "--days", defaultValue = "90", description = "its term / 期限（天）") int days,
      @Option(names = "--uses", defaultValue = "100", description = "how often / 使用次数") int uses,
      @Option(
              names = "--nano-rho",
              defaultValue = "400000000",
              description = "budget of each dp lineage, ρ in 10⁻⁹ / 隐私预算")
          long nanoRho,
      @Option(
              names = "--pico-delta",
              defaultValue = "100000",
              description = "δ of private group selection, in 10⁻¹² / 私有选择分组的 δ")
          long picoDelta,
      @Option(
              names = "--read",
              description = "ask for single records, too: he lookup --keyword / 同时申请逐条读取记录")
          boolean read) {
    var client = options.client();
    var offers = new ArrayList<JsonNode>();
    products.forEach(id -> offers.add(client.get("space", "/v1/products/" + UrlPath.segment(id))));
    var wish = new ContractWish(ago(BEGUN_LATER), days, uses, nanoRho, picoDelta, read);
    return print(Templates.contract(offers, client.party(), purpose, wish));
  }

  @Command(
      name = "round",
      description =
          "For contract counter: the newest round as a draft / 用于 contract counter：以最新一轮为草稿",
      mixinStandardHelpOptions = true)
  int round(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "CONTRACT", description = "contract id / 合约") String contract,
      @Option(names = "--note", defaultValue = "", description = "why / 理由") String note,
      @Option(names = "--uses", description = "how often instead / 改为的使用次数") @Nullable Integer uses,
      @Option(names = "--nano-rho", description = "budget of each lineage instead / 改为的隐私预算")
          @Nullable Long nanoRho) {
    var rounds =
        options.client().list("space", "/v1/contracts/" + UrlPath.segment(contract) + "/rounds");
    JsonNode newest =
        rounds.stream()
            .max((one, other) -> one.path("round").asInt() - other.path("round").asInt())
            .orElseThrow(() -> new CommandFault(ExitCode.FAILED, "合约没有条款", "it has no round"));
    say("请修改 draft 后提交，note 可说明理由", "change draft, then send it; note may say why");
    return print(
        Templates.round(newest, note, Optional.ofNullable(uses), Optional.ofNullable(nanoRho)));
  }

  @Command(
      name = "data",
      description = {
        "A CSV of synthetic persons to try things with; nobody real is in it / 供试用的合成人员 CSV，不涉及真实个人"
      },
      mixinStandardHelpOptions = true)
  int data(
      @Option(names = "--persons", defaultValue = "3000", description = "how many / 人数")
          int persons)
      throws IOException {
    var out = new PrintWriter(System.out, false, UTF_8);
    new SyntheticPersons(persons, ROWS_PER_PERSON, SYNTHETIC_SEED).writeTo(out);
    out.flush();
    return ExitCode.OK.status();
  }

  private static JsonNode resource(WeirClient client, String id) {
    return client.get("space", "/v1/resources/" + UrlPath.segment(id));
  }

  private static List<ColumnProposal> columns(JsonNode resource, JsonNode profile) {
    var seen = new java.util.HashMap<String, JsonNode>();
    profile.path("columns").forEach(column -> seen.put(column.path("name").asText(), column));
    var columns = new ArrayList<ColumnProposal>();
    for (JsonNode column : resource.path("schema").path("columns")) {
      JsonNode profiled = seen.get(column.path("name").asText());
      if (profiled == null) {
        throw new CommandFault(
            ExitCode.USAGE,
            "该数据源没有资源的列 " + column.path("name").asText(),
            "the source lacks the resource's column " + column.path("name").asText());
      }
      columns.add(new ColumnProposal(column, profiled));
    }
    return columns;
  }

  private Instant ago(Duration past) {
    return clock.instant().minus(past);
  }

  private void say(String zh, String en) {
    boolean chinese =
        spec != null
            && spec.root().userObject() instanceof WeirCommand weir
            && weir.language() == Language.ZH;
    new PrintStream(System.err, true, UTF_8).println(chinese ? zh : en);
  }

  private static int print(JsonNode body) {
    System.out.println(body.toPrettyString());
    return ExitCode.OK.status();
  }

  /** {@code --source}: the file whose profile is looked at. */
  static final class SourceOf {
    @Option(names = "--source", required = true, description = "source id / 数据源编号")
    private String id = "";

    String id() {
      return id;
    }

    JsonNode profile(WeirClient client) {
      return client.get("intake", "/v1/sources/" + UrlPath.segment(id) + "/profile");
    }
  }
}
