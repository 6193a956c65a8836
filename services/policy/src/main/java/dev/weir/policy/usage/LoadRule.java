package dev.weir.policy.usage;

import dev.weir.kernel.Bilingual;
import java.util.Locale;

/** What can be wrong with a policy when it is loaded. Ids are stable. */
public enum LoadRule {
  UNKNOWN_ACTION("操作行为不在21项之内。", "The action is none of the 21."),
  UNOBSERVABLE_ACTION(
      "平台无法观测该操作行为，不能承诺执行。",
      "The platform cannot observe the action, so it cannot promise to enforce it."),
  UNKNOWN_CONSTRAINT("约束条件不在19项之内。", "The constraint is none of the 19."),
  UNKNOWN_OPERATOR("运算符不在12项之内。", "The operator is none of the 12."),
  UNKNOWN_ITEM("扩展项未登记。", "The expansion item is not one that is enforced."),
  UNOBSERVABLE_CONSTRAINT(
      "平台无法以该运算符判定该约束条件。", "The platform cannot decide the constraint with this operator."),
  BAD_VALUE("约束条件的值格式不符。", "A value of the constraint is not well formed."),
  UNKNOWN_COLUMN("所列字段不属于该数据产品。", "A field listed is not a column of the product."),
  UNOBSERVABLE_DUTY("平台无法履行或核验该义务。", "The platform cannot carry out or check the duty."),
  DUPLICATE_RULE("策略编号重复。", "Two rules have one id."),
  IMPOSSIBLE_RULE(
      "各约束条件互相矛盾，策略永不适用。", "The constraints contradict each other; the rule can never apply."),
  SHADOWED_PERMISSION(
      "禁止策略完全覆盖允许策略，允许策略永不生效。",
      "A prohibition covers the permission wholly; it can never take effect."),
  RULE_PARTY("策略所约束的主体不是合约方。", "A rule binds somebody who is not a party."),
  RULE_TARGET("策略的标的不是合约标的。", "A rule concerns a product that is not in the contract."),
  NO_PERMISSION("合约没有任何允许策略。", "The contract permits nothing to anybody."),
  PARTIES("合约须有提供方与使用方，且主体不重复。", "A contract has a provider and a user, each party once."),
  PRODUCTS(
      "合约须至少包含一个产品，编号与表名不重复，且同属一个运营域。",
      "A contract has one or more products of its domain, with distinct ids and table names."),
  MIN_GROUP("最小分组低于下限。", "The minimum group is below the floor."),
  CONTRACT_TOO_LONG("合约期限超过上限。", "The term of the contract is longer than the limit."),
  EXACT_WITH_PERSONS("含个人的数据不得以精确方式提供。", "Data about persons cannot be offered exactly."),
  ALLOTMENT(
      "预算分配与产品谱系不符，或超过上限。",
      "An allotment names a lineage of no product, or one twice, or passes the limit."),
  PURPOSE_OUTSIDE_SCENE("用途不在获批场景之内。", "The purpose is not one of the approved use scene."),
  OUTSIDE_DOMAIN(
      "合约不属于该运营域，或期限超出运营协议。",
      "The contract is of another domain, or runs beyond the operation agreement."),
  LEVEL_CEILING("字段级别超过运营域上限。", "A column's level is above the domain's ceiling."),
  FEE_CEILING("价格超过运营服务费上限。", "The price is above the domain's fee ceiling."),
  OVERLAP(
      "允许策略与禁止策略部分重叠；重叠处禁止优先。",
      "A permission and a prohibition overlap in part; there the prohibition wins.");

  private final Bilingual text;

  LoadRule(String zh, String en) {
    text = new Bilingual(zh, en);
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Bilingual text() {
    return text;
  }

  /** Whether the finding only warns; every other one refuses the contract. */
  public boolean isWarning() {
    return this == OVERLAP;
  }
}
