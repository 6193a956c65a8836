package dev.weir.cli.client;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

/** The address of a service as a person types it. */
final class ServiceAddress {
  private ServiceAddress() {}

  /**
   * Without the slash at its end, and without {@code /dap}: the address by which contributors know
   * an aggregator is good here, too.
   *
   * @throws CommandFault unless it is https, or this very machine: a token goes there
   */
  static URI of(String typed) {
    URI address = parsed(typed);
    if (!"https".equals(address.getScheme()) && !isThisMachine(address)) {
      throw refused("服务地址须为 https：", "a service is reached over https only: ", typed);
    }
    return URI.create(typed.replaceAll("(/dap)?/?$", ""));
  }

  private static URI parsed(String typed) {
    try {
      return URI.create(typed);
    } catch (IllegalArgumentException e) {
      throw refused("不是服务地址：", "not the address of a service: ", typed);
    }
  }

  private static CommandFault refused(String zh, String en, String typed) {
    return new CommandFault(ExitCode.USAGE, zh + typed, en + typed);
  }

  private static boolean isThisMachine(URI address) {
    try {
      return "http".equals(address.getScheme())
          && address.getHost() != null
          && address.getHost().matches("[0-9.]+|\\[.*]")
          && InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }
}
