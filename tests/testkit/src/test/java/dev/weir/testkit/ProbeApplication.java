package dev.weir.testkit;

import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;

/** A service without parts, to probe the border with. */
final class ProbeApplication extends WeirApplication<WeirConfiguration> {
  private final Object[] resources;

  ProbeApplication(Object... resources) {
    this.resources = resources;
  }

  @Override
  protected void run(WeirConfiguration configuration, ServiceEnvironment service) {
    for (Object resource : resources) {
      service.resource(resource);
    }
    service.health("probe", () -> true);
  }
}
