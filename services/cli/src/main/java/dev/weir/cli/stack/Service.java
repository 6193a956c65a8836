package dev.weir.cli.stack;

import dev.weir.runtime.http.WeirApplication;
import java.nio.file.Path;
import java.util.Locale;

/** Every service of the stack, in the order in which they start. */
public enum Service {
  /** First: it hosts the schema registry that the others ask. */
  SPACE("dev.weir.space.SpaceApplication"),
  AUDIT("dev.weir.audit.AuditApplication"),
  INTAKE("dev.weir.intake.IntakeApplication"),
  QUERY("dev.weir.query.QueryApplication");

  private final String application;

  Service(String application) {
    this.application = application;
  }

  /** Its name in addresses, roles, topics and files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isBuilt() {
    try {
      Class.forName(application, false, Service.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Starts the service in this JVM and returns once it answers. */
  AutoCloseable start(Path configuration) {
    try {
      var made = Class.forName(application).getDeclaredConstructor().newInstance();
      return ((WeirApplication<?>) made).start(configuration);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(application + " has no public constructor", e);
    }
  }
}
