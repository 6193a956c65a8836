package dev.weir.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What a department declares of columns: it is not taken from the data. */
final class Declared {
  private static final Pattern RANGE =
      Pattern.compile("(-?[0-9.]+)\\.\\.(-?[0-9.]+)(?:/([0-9.]+))?");

  @Option(
      names = "--bounds",
      paramLabel = "COLUMN=LOW..HIGH[/GRANULE]",
      description = "bounds of a measure, repeatable; GRANULE is 1 when left out / 指标的上下界，可多个")
  private Map<String, String> bounds = Map.of();

  @Option(
      names = "--keys",
      paramLabel = "COLUMN=A,B,C",
      description = "a group key's public values, repeatable / 分组键的公开取值，可多个")
  private Map<String, String> keys = Map.of();

  @Option(
      names = "--unique",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "no two records have the same value; records are looked up by the first / 取值唯一的列")
  private List<String> unique = List.of();

  @Option(
      names = "--plain",
      paramLabel = "COLUMN",
      split = ",",
      description = "may be read as it is, record by record; of no person / 可逐条明文读取的列，不得涉及个人")
  private List<String> plain = List.of();

  @Option(
      names = "--cells",
      paramLabel = "COLUMN",
      split = ",",
      description = "keep cells by these group keys, for encrypted questions / 按这些分组键保留单元，供加密查询")
  private List<String> cells = List.of();

  @Option(
      names = "--measures",
      paramLabel = "COLUMN",
      split = ",",
      description = "what is summed in each cell; the count always is / 每个单元求和的指标，记录数总在其中")
  private List<String> measures = List.of();

  @Option(
      names = "--cells-nano-rho",
      paramLabel = "N",
      defaultValue = "20000000",
      description =
          "what releasing the cells of a data version costs a dp product, ρ in 10⁻⁹; default"
              + " ${DEFAULT-VALUE} / 每个数据版本发布单元所耗的隐私预算")
  private long cellsNanoRho = 20_000_000;

  Map<String, ProposedBounds> bounds() {
    var parsed = new HashMap<String, ProposedBounds>();
    bounds.forEach((column, text) -> parsed.put(column, range(column, text)));
    return parsed;
  }

  Map<String, List<String>> keys() {
    var parsed = new HashMap<String, List<String>>();
    keys.forEach((column, text) -> parsed.put(column, List.of(text.split(","))));
    return parsed;
  }

  /** What is declared of single columns, written into the product's. */
  void mark(JsonNode columns) {
    for (JsonNode one : columns) {
      var column = (ObjectNode) one;
      String name = column.path("column").path("name").asText();
      if (unique.contains(name)) {
        column.put("unique", true);
      }
      if (plain.contains(name)) {
        column.putArray("grants").addObject().putArray("constraints").add("PLAINTEXT");
      }
    }
  }

  /** The cells that a product of this kind keeps, if any. */
  Optional<JsonNode> rollup(TemplateCommands.Kind kind) {
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    var rollup = Json.mapper().createObjectNode();
    cells.forEach(rollup.putArray("keys")::add);
    measures.forEach(rollup.putArray("measures")::add);
    return Optional.of(rollup.put("nanoRho", kind == TemplateCommands.Kind.DP ? cellsNanoRho : 0));
  }

  /**
   * @throws CommandFault when a column is declared that is not there
   */
  void require(List<String> columns) {
    var strange = new TreeSet<>(bounds.keySet());
    strange.addAll(keys.keySet());
    strange.addAll(cells);
    strange.addAll(measures);
    strange.addAll(unique);
    strange.addAll(plain);
    columns.forEach(strange::remove);
    if (!strange.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE, "资源没有这些列：" + strange, "the resource has no columns " + strange);
    }
  }

  private static ProposedBounds range(String column, String text) {
    var match = RANGE.matcher(text);
    if (!match.matches()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--bounds " + column + " 应写作 " + column + "=0..120",
          "--bounds of " + column + " is written as " + column + "=0..120");
    }
    String granule = match.group(3);
    return new ProposedBounds(
        new BigDecimal(match.group(1)),
        new BigDecimal(match.group(2)),
        granule == null ? BigDecimal.ONE : new BigDecimal(granule));
  }
}
