package dev.weir.testkit;

import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import java.util.OptionalLong;

/** A service without parts, to probe the border with. */
final class ProbeApplication extends WeirApplication<WeirConfiguration> {
  /** Bytes that one path takes, more than others do. */
  static final int LARGE = 2 << 20;

  private final Object[] resources;

  ProbeApplication(Object... resources) {
    this.resources = resources;
  }

  @Override
  protected void run(WeirConfiguration configuration, ServiceEnvironment service) {
    for (Object resource : resources) {
      service.resource(resource);
    }
    service.bodyLimit((method, path) ->
        path.equals("/v1/probe/large") ? OptionalLong.of(LARGE) : OptionalLong.empty());
    service.health("probe", () -> true);
  }
}
