package dev.weir.cli.command;

import dev.weir.kernel.ProblemType;
import java.util.Arrays;
import java.util.Optional;

/** The titles of the closed list of problems in Chinese; the services speak English. */
final class ProblemTitles {
  private ProblemTitles() {}

  /**
   * @param urn the problem's type
   * @return empty for a problem that is not ours
   */
  static Optional<String> zh(String urn) {
    return Arrays.stream(ProblemType.values())
        .filter(type -> type.urn().equals(urn))
        .findFirst()
        .map(ProblemTitles::zh);
  }

  private static String zh(ProblemType type) {
    return switch (type) {
      case INVALID_REQUEST -> "请求无效";
      case MALFORMED_BODY -> "请求体无法读取";
      case UNAUTHENTICATED -> "需要有效的访问令牌";
      case FORBIDDEN -> "该账户无权进行此操作";
      case ROLES_CONFLICT -> "令牌兼有须分属不同人员的管理员角色";
      case NOT_FOUND -> "不存在，或该账户无权查看";
      case METHOD_NOT_ALLOWED -> "此处不接受该方法";
      case NOT_ACCEPTABLE -> "不提供所要求的媒体类型";
      case REQUEST_TIMEOUT -> "请求到达超时";
      case CONFLICT -> "请求与当前状态冲突";
      case WRONG_STATE -> "当前状态不允许这一步";
      case SAME_HANDS -> "这一步须由另一人完成";
      case BUDGET_EXHAUSTED -> "隐私预算不足";
      case QUOTA_EXHAUSTED -> "合约用量已用尽";
      case IMMUTABLE -> "已签署的内容不可更改";
      case BODY_TOO_LARGE -> "请求体超过上限";
      case UNSUPPORTED_MEDIA_TYPE -> "不支持该媒体类型";
      case VALIDATION_FAILED -> "请求违反规则";
      case UNCLASSIFIED -> "资源须先分类分级才能保存";
      case PROHIBITED_RESOURCE -> "资源在禁止清单上，不能授权";
      case UNREADABLE_SOURCE -> "源文件无法读取";
      case POLICY_REFUSED -> "合约策略不允许此用途";
      case POLICY_UNENFORCEABLE -> "策略含有无法执行的条款";
      case SIGNATURE_INVALID -> "签名验证不通过";
      case SCHEMA_INCOMPATIBLE -> "模式与先前版本不兼容";
      case SQL_REFUSED -> "该 SQL 不在允许执行的范围内";
      case GROUP_TOO_SMALL -> "分组、其补集或差集小于最小分组";
      case CONTRACT_ENDED -> "合约已终止";
      case TOO_MANY_REQUESTS -> "请求过于频繁";
      case HEADERS_TOO_LARGE -> "请求头超过上限";
      case INTERNAL -> "服务内部故障";
      case ENGINE_FAILED -> "查询引擎故障";
      case UNAVAILABLE -> "服务暂时无法回应";
      case DAP_INVALID_MESSAGE -> "聚合协议的消息格式有误";
      case DAP_UNRECOGNIZED_TASK -> "此处没有该聚合任务";
      case DAP_UNRECOGNIZED_AGGREGATION_JOB -> "此处没有该聚合作业";
      case DAP_BATCH_INVALID -> "请求未指明可收取的批次";
      case DAP_INVALID_BATCH_SIZE -> "批次的报告数或贡献者数少于任务要求";
      case DAP_INVALID_AGGREGATION_PARAMETER -> "聚合参数与任务不符";
      case DAP_BATCH_MISMATCH -> "主、辅聚合方所计报告不一致";
      case DAP_STEP_MISMATCH -> "聚合作业处于另一步骤";
      case DAP_BATCH_OVERLAP -> "批次的一部分此前已收取";
      case DAP_UNSUPPORTED_EXTENSION -> "消息含有不支持的扩展";
      case DAP_INVALID_EXTENSION -> "消息的扩展违反其规则";
    };
  }
}
