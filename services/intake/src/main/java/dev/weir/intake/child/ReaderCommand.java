package dev.weir.intake.child;

import dev.weir.intake.reader.ReaderMain;
import dev.weir.runtime.child.CappedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command line of a child: capped, and with only the classes it needs. Immutable. */
final class ReaderCommand {
  private static final int DIRECT_MB = 64;
  private static final List<String> CLASSES =
      List.of(
          "dev.weir.kernel.Bilingual",
          "dev.weir.runtime.json.Json",
          "org.duckdb.DuckDBDriver",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.fasterxml.jackson.annotation.JsonProperty",
          "com.fasterxml.jackson.datatype.jdk8.Jdk8Module",
          "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule",
          "com.fasterxml.jackson.module.paramnames.ParameterNamesModule",
          "org.erdtman.jcs.JsonCanonicalizer");

  private ReaderCommand() {}

  static List<String> of(ReaderLimits limits, Path workDirectory) {
    return new CappedJvm(
            limits.heapMb(), DIRECT_MB, limits.addressSpaceMb(), Optional.of(limits.cpu()))
        .command(workDirectory, ReaderMain.class, CLASSES);
  }
}
