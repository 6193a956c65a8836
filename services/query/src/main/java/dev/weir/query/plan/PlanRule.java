package dev.weir.query.plan;

import dev.weir.kernel.Bilingual;
import java.util.Locale;
import java.util.Optional;

/** The closed list of reasons for which SQL is refused; ids are stable. */
public enum PlanRule {
  TEXT_TOO_LONG("SQL 文本过长（上限 16 KiB）", "The SQL text is longer than 16 KiB"),
  TOO_COMPLEX("查询过于复杂或嵌套过深", "The query is too complex or nested too deeply"),
  NOT_PARSED(
      "SQL 无法解析；与保留字同名的列请加双引号",
      "The SQL cannot be parsed; put names that are reserved words in double quotes"),
  NOT_VALID(
      "此处的名称、类型或函数对合同中的产品无效",
      "A name, type or function here is not valid for the products of the contract"),
  ONE_STATEMENT("只接受一条查询语句", "Only one statement, a query, is accepted"),
  NODE_NOT_ALLOWED("该语法节点不在允许清单内", "This node is not on the closed list of what may run"),
  FUNCTION_NOT_ALLOWED(
      "该函数不在允许的全函数清单内", "This function is not on the closed list of total functions"),
  TYPE_NOT_ALLOWED("该类型或转换不被允许", "This type or conversion is not allowed"),
  LITERAL_NOT_ALLOWED("该字面量超出允许范围", "This literal is outside what is accepted"),
  RAW_ROWS(
      "不提供原始记录，只提供聚合结果",
      "Raw records are not available, aggregates are",
      "使用 COUNT、SUM、AVG 或分位数，可加 GROUP BY",
      "Ask for COUNT, SUM, AVG or quantiles, with or without GROUP BY"),
  SELECT_STAR("不接受 SELECT *", "SELECT * is not accepted", "逐列写出所需的列", "Name each column"),
  NESTED_AGGREGATE("聚合之上不能再聚合或连接", "An aggregate cannot be aggregated or joined again"),
  AFTER_AGGREGATE(
      "聚合结果上只能选取、比较与排序", "Results of aggregates can be picked, compared and ordered, nothing else"),
  JOIN_SHAPE(
      "只接受两个不同产品按列相等的内连接",
      "Only an inner join of two different products on equal columns is accepted"),
  JOIN_NOT_BOUNDED(
      "该连接不能限制一条记录或一个人的影响",
      "The join does not bound how much one record or person can change the answer",
      "连接键需声明为唯一，或两侧均以同一人员键限制贡献",
      "Declare the join key unique, or bound both products by the same person key"),
  JOIN_NOT_PUBLIC(
      "连接中精确产品一侧按公开数据对待，所用的列须以明文授予",
      "The exact side of a join counts as public, so every column used of it must be granted in plaintext",
      "可请提供方授予该列 PLAINTEXT 约束",
      "Ask for the grant PLAINTEXT on the column"),
  JOIN_KINDS("两个同谱系产品不能连接", "Two products of one lineage cannot be joined without a person key"),
  COLUMN_NEVER("该列在任何位置都不可使用", "This column may not be used anywhere"),
  COLUMN_NO_GRANT("合同未授予该列的任何使用方式", "The contract grants no use of this column"),
  COLUMN_USE("合同未授予该列的此种使用方式", "The contract does not grant this use of the column"),
  EXTREME_IN_DP(
      "差分隐私产品不提供最小值与最大值",
      "MIN and MAX are not available from a dp product",
      "改用分位数，例如 PERCENTILE_CONT(0.01) 或 PERCENTILE_CONT(0.99)",
      "Ask for a quantile instead, such as PERCENTILE_CONT(0.01) or PERCENTILE_CONT(0.99)"),
  PICKS_RECORDS(
      "精确产品的度量不能用条件或列间相乘来挑选记录",
      "A measure of an exact product may not pick records by a condition or by multiplying columns",
      "请改用 FILTER (WHERE …) 或 GROUP BY，其记录数会被检查",
      "Use FILTER (WHERE …) or GROUP BY, whose records are counted"),
  HIDDEN_CHOICE(
      "精确产品的条件须由各列单独的比较以 AND、OR、NOT 组成",
      "A condition of an exact product is made of comparisons of one column each, with AND, OR and NOT",
      "请拆开该条件，或请提供方增加一个派生列",
      "Take the condition apart, or ask the provider for a column that holds the result"),
  LINKS_RECORDS(
      "最值会把一条记录可公开的值与其不可公开的列联系起来",
      "MIN and MAX would link a value that may be shown to columns of its record that may not",
      "改用分位数，或请提供方授予条件中各列 PLAINTEXT 约束",
      "Ask for a quantile, or for the grant PLAINTEXT on every column of the conditions"),
  BOUNDS_MISSING(
      "该度量没有声明的上下界",
      "The measure has no declared bounds",
      "请提供方为该列声明上下界与计数粒度",
      "Ask the provider to declare bounds and a granule for the column"),
  BOUNDS_TOO_WIDE(
      "算式的取值范围过大，无法精确计算", "The range of the expression is too wide to be computed exactly"),
  KEY_DOMAIN_UNKNOWN(
      "分组键没有声明的取值域",
      "The group key has no declared domain",
      "请提供方为该列声明取值域，或允许私有选择分组",
      "Ask the provider to declare the column's key domain, or to allow private selection"),
  KEY_TYPE("该类型不能作为分组键或连接键", "This type cannot be a group key or join key"),
  TOO_MANY_GROUPS("分组组合超过 100,000 个", "There are more than 100,000 combinations of group keys"),
  TOO_MANY_ROWS(
      "分组数乘以分位数的网格点数超过 150,000",
      "Groups times the grid points of a quantile are more than 150,000",
      "请减少分组，或请提供方声明更粗的计数粒度",
      "Ask with fewer groups, or ask the provider for a coarser granule"),
  BUDGET_TOO_SMALL("预算过小，无法分配到每个统计量", "The budget is too small to be split over the statistics");

  private final Bilingual reason;
  private final Optional<Bilingual> help;

  PlanRule(String zh, String en) {
    this.reason = new Bilingual(zh, en);
    this.help = Optional.empty();
  }

  PlanRule(String zh, String en, String helpZh, String helpEn) {
    this.reason = new Bilingual(zh, en);
    this.help = Optional.of(new Bilingual(helpZh, helpEn));
  }

  /** Such as {@code sql-raw-rows}. */
  public String id() {
    return "sql-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Bilingual reason() {
    return reason;
  }

  public Optional<Bilingual> help() {
    return help;
  }
}
