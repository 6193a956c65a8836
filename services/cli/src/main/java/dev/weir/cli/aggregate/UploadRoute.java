package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.task.TaskConfiguration;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The two aggregators of a task, at the addresses that its configuration names unless a relay leads
 * to them. Thread-safe.
 */
record UploadRoute(HttpAggregator leader, HttpAggregator helper) {
  /**
   * @param leaderVia a relay; the task's own address without it
   * @throws CommandFault when both are one: it would read every measurement
   */
  static UploadRoute of(TaskConfiguration task, @Nullable URI leaderVia, @Nullable URI helperVia) {
    URI leader = address(task.leader(), leaderVia);
    URI helper = address(task.helper(), helperVia);
    if (plain(leader).equals(plain(helper))) {
      throw new CommandFault(
          ExitCode.USAGE,
          "主聚合方与辅聚合方的地址相同：收到两份份额的一方能还原每个测量值，未发送任何内容",
          "leader and helper have one address: whoever gets both shares reads every measurement;"
              + " nothing was sent");
    }
    return new UploadRoute(open(leader), open(helper));
  }

  private static URI address(String named, @Nullable URI via) {
    try {
      return via == null ? new URI(named) : via;
    } catch (URISyntaxException e) {
      throw notReachable(named);
    }
  }

  private static HttpAggregator open(URI address) {
    try {
      return HttpAggregator.open(address);
    } catch (IllegalArgumentException e) {
      throw notReachable(address.toString());
    }
  }

  private static CommandFault notReachable(String address) {
    return new CommandFault(
        ExitCode.USAGE,
        "聚合方只能经 https 访问：" + address,
        "an aggregator is reached over https only: " + address);
  }

  private static String plain(URI address) {
    return address.normalize().toString().replaceAll("/$", "");
  }
}
