package dev.weir.cli.client;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the services are and which account calls them.
 *
 * @param tokenEndpoint of the identity provider
 * @param services base addresses by service name: space, intake, query, audit, and leader and
 *     helper where the account speaks to aggregators
 * @param clientId the account
 * @param secretFile holds the account's secret, readable by its owner only
 */
public record Profile(
    URI tokenEndpoint, Map<String, URI> services, String clientId, Path secretFile) {
  public Profile {
    services = Map.copyOf(services);
  }

  /**
   * @throws IOException when the file is absent or is not a profile
   */
  public static Profile read(Path file) throws IOException {
    return Json.read(Files.readAllBytes(file), Profile.class);
  }

  /**
   * @param name of a service, or the base URL of one that the profile does not name
   * @throws CommandFault when it is neither, or a URL to which no token is sent
   */
  URI service(String name) {
    var address = services.get(name);
    if (address != null) {
      return address;
    }
    if (!name.contains("://")) {
      throw new CommandFault(
          ExitCode.USAGE,
          "配置文件中没有服务 " + name + " 的地址",
          "the profile names no address for service " + name);
    }
    return ServiceAddress.of(name);
  }
}
