package dev.weir.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.runtime.config.WeirConfiguration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What intake is told beside {@link WeirConfiguration}. Not changed after start. */
public class IntakeConfiguration extends WeirConfiguration {
  @JsonProperty @NotNull private @Nullable Path domainDirectory;

  @JsonProperty
  @Min(1)
  @Max(16)
  private int parallelRuns = 1;

  @JsonProperty
  @Min(1)
  @Max(16)
  private int parallelProfiles = 1;

  @JsonProperty
  @Min(64)
  @Max(65_536)
  private int readerHeapMb = 192;

  @JsonProperty
  @Min(64)
  @Max(65_536)
  private int readerEngineMb = 384;

  @JsonProperty
  @Min(1024)
  @Max(1_048_576)
  private int readerAddressSpaceMb = 3072;

  @JsonProperty @NotNull private Duration readerTime = Duration.ofMinutes(20);

  /** Where sources, profiles and lineage keys are kept; becomes mode 0700. */
  public final Path domainDirectory() {
    if (domainDirectory == null) {
      throw new IllegalStateException("the configuration lacks the key domainDirectory");
    }
    return domainDirectory;
  }

  /** Runs at the same time. */
  public final int parallelRuns() {
    return parallelRuns;
  }

  /** Profiles at the same time. */
  public final int parallelProfiles() {
    return parallelProfiles;
  }

  /** Java heap of a reader process. */
  public final int readerHeapMb() {
    return readerHeapMb;
  }

  /** Buffers of the Parquet engine in a reader process. */
  public final int readerEngineMb() {
    return readerEngineMb;
  }

  /** Everything a reader process may map. */
  public final int readerAddressSpaceMb() {
    return readerAddressSpaceMb;
  }

  /** Wall clock and processor time of a reader process. */
  public final Duration readerTime() {
    return readerTime;
  }

  public final void setDomainDirectory(Path domainDirectory) {
    this.domainDirectory = domainDirectory;
  }
}
