package dev.weir.cli.command;

import dev.weir.cli.WeirCommand;
import dev.weir.kernel.Bilingual.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The language of a command that has no account of its own; mixed in, without an option. */
@Command
public final class Spoken {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  public Language language() {
    return of(command);
  }

  static Language of(@Nullable CommandSpec command) {
    if (command == null || !(command.root().userObject() instanceof WeirCommand weir)) {
      throw new IllegalStateException("picocli sets the command");
    }
    return weir.language();
  }
}
