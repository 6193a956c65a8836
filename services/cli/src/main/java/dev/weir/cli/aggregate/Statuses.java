package dev.weir.cli.aggregate;

/** What the verbs' help says of their exit status; {@link dev.weir.cli.ExitCode} has them all. */
final class Statuses {
  static final String HEADING = "%nExit status / 退出码:%n";
  static final String EXAMPLE = "%nExample / 示例:%n";

  static final String DONE = "0:done / 完成";
  static final String USAGE = "2:wrong options or files; nothing was sent / 选项或文件有误，未发送任何内容";
  static final String DENIED =
      "3:refused, by the policy, an aggregator or for the account / 被策略、聚合方拒绝，或账户无权";
  static final String NOT_FOUND = "4:no such task or contract for this account / 该账户没有此任务或合约";
  static final String AGAIN = "6:a service is away; type the same command again / 服务暂不可达，可重新执行同一命令";

  private Statuses() {}
}
