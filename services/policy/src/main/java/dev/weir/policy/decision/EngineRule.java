package dev.weir.policy.decision;

import dev.weir.kernel.Bilingual;
import java.util.Locale;

/**
 * The rules by which the engine refuses. Ids are stable; {@code compliance/rules.yaml} has them.
 */
public enum EngineRule {
  POLICY_REFUSED(
      "合约策略未能载入，不能据以放行。",
      "The contract's policy did not load, so nothing is allowed under it.",
      "由缔约各方修改所列条款。",
      "The parties change the terms listed."),
  ROLE_NOT_ALLOWED(
      "该角色或合约方类型不得执行此操作行为。",
      "This role or type of party may not perform the action.",
      "使用具有相应角色的账户。",
      "Use an account with the role the operation asks for."),
  ACTION_UNKNOWN(
      "平台不执行此操作行为。",
      "The platform does not carry out this action.",
      "改用受支持的操作行为。",
      "Ask for a supported action."),
  NOT_A_PARTY(
      "请求方不是合约方。",
      "The requester is not a party of the contract.",
      "签订自己的合约。",
      "Sign a contract of your own."),
  CONTRACT_NOT_IN_FORCE(
      "合约未生效或已终止。",
      "The contract is not in force, or has ended.",
      "签订新的合约。",
      "Sign a new contract."),
  CONTRACT_TERM(
      "不在合约期限内。",
      "It is outside the term of the contract.",
      "在期限内使用，或签订新的合约。",
      "Use it within the term, or sign a new contract."),
  DOMAIN_NOT_ACTIVE(
      "授权运营域未启用、已关闭或已到期。",
      "The operation domain is not active, closed or past its term.",
      "由运营机构与实施机构续签运营协议。",
      "The operating and implementing bodies renew their agreement."),
  PURPOSE_BOUND(
      "用途不是合约约定且场景批准的用途。",
      "The purpose is not the contract's, or not one of the approved use scene.",
      "申请含该用途的场景与合约。",
      "Apply for a scene and a contract with this purpose."),
  PRODUCT_NOT_IN_CONTRACT(
      "合约标的不含该数据产品。",
      "The product is not part of the contract.",
      "签订包含该产品的合约。",
      "Sign a contract that contains the product."),
  PRODUCT_STOPPED(
      "该产品的使用已被停止：由数据提供方停止、已下架，或其资源已被禁止。",
      "The use of this product has been stopped: by its provider, with its listing, or because its"
          + " resource is prohibited.",
      "与数据提供方联系。",
      "Ask the provider."),
  COLUMN_UNKNOWN(
      "数据产品没有该字段。", "The product has no such column.", "查看数据字典。", "See the data dictionary."),
  COLUMN_NEVER(
      "该字段在任何情况下都不可使用。", "The column may never be used.", "不使用该字段。", "Leave the column out."),
  COLUMN_NOT_GRANTED(
      "未授予请求方以此方式使用该字段的权限。",
      "The requester has no grant to use the column this way.",
      "由数据提供方授予字段使用约束。",
      "The provider grants a column constraint."),
  PROHIBITION(
      "禁止策略适用于此次使用，且优先于允许策略。",
      "A prohibition applies to this use and wins over permissions.",
      "避开禁止策略的条件。",
      "Keep outside the conditions of the prohibition."),
  NO_PERMISSION(
      "没有允许策略覆盖此次使用。",
      "No permission covers this use.",
      "满足所列约束，或协商新的允许策略。",
      "Meet the constraint listed, or negotiate a permission."),
  OBLIGATION_NOT_CARRIED_OUT(
      "执行节点无法履行策略要求的义务。",
      "The enforcement point cannot carry out an obligation the policy asks for.",
      "在能够履行该义务的节点上使用。",
      "Use an enforcement point that can.");

  private final Bilingual text;
  private final Bilingual help;

  EngineRule(String zh, String en, String helpZh, String helpEn) {
    text = new Bilingual(zh, en);
    help = new Bilingual(helpZh, helpEn);
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Bilingual text() {
    return text;
  }

  public Bilingual help() {
    return help;
  }
}
