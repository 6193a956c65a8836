package dev.weir.cli.demo;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.stack.StackState;
import dev.weir.runtime.embedded.OwnerOnly;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Remembers that somebody goes on by hand with what {@code demo --keep} left: records, contracts,
 * keys and evidence, which another demo would empty.
 */
record KeptState(StackState state) {

  void keep() {
    OwnerOnly.write(mark(), "");
  }

  /**
   * @param fresh whether the person said that it may go
   * @throws CommandFault when it may not
   */
  void requireGone(boolean fresh) {
    if (!fresh && Files.exists(mark())) {
      Path directory = state.root().relativize(state.directory());
      throw new CommandFault(
          ExitCode.USAGE,
          directory + " 是 demo --keep 保留的状态（记录、合约、密钥、存证），再次演示会将其清空；确认请加 --fresh",
          directory
              + " holds what demo --keep left: records, contracts, keys, evidence; another demo"
              + " deletes them: say --fresh if it may");
    }
  }

  private Path mark() {
    return state.directory().resolve("kept");
  }
}
