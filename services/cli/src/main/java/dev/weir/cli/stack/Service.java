package dev.weir.cli.stack;

import dev.weir.audit.AuditApplication;
import dev.weir.intake.IntakeApplication;
import dev.weir.query.QueryApplication;
import dev.weir.runtime.http.RunningService;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.space.SpaceApplication;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** Every service of the stack, in the order in which they start. */
public enum Service {
  /** First: it hosts the schema registry that the others ask. */
  SPACE(SpaceApplication::new),
  AUDIT(AuditApplication::new),
  INTAKE(IntakeApplication::new),
  QUERY(QueryApplication::new);

  private final Supplier<WeirApplication<?>> application;

  Service(Supplier<WeirApplication<?>> application) {
    this.application = application;
  }

  /** Its name in addresses, roles, topics and files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Starts the service in this JVM and returns once it answers. */
  RunningService start(Path configuration) {
    return application.get().start(configuration);
  }
}
