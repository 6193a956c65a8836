package dev.weir.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.query.plan.DpPlan;
import dev.weir.runtime.config.WeirConfiguration;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.validation.MinDataSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the query service is told at start. Not changed afterwards. */
public final class QueryConfiguration extends WeirConfiguration {
  @JsonProperty @NotNull private @Nullable Path directory;
  @JsonProperty @NotNull private Engine engine = Engine.DUCKDB;

  @JsonProperty
  @Min(64)
  @Max(1 << 20)
  private int engineMemoryMegabytes = 1024;

  @JsonProperty
  @Min(1)
  @Max(256)
  private int engineThreads = 2;

  @JsonProperty @NotNull private Duration timeLimit = Duration.ofSeconds(60);
  @JsonProperty @NotNull private Duration answerSlot = Duration.ofMillis(250);

  @JsonProperty
  @Min(DpPlan.MAX_DECLARED_ROWS)
  @Max(1_000_000)
  private int maxRows = 200_000;

  @JsonProperty
  @Min(1)
  @Max(64)
  private int workers = 2;

  @JsonProperty
  @Min(1)
  @Max(10_000)
  private int waiting = 64;

  @JsonProperty
  @NotNull
  @Pattern(regexp = "([0-9]{6})?")
  private String region = "";

  @JsonProperty @NotEmpty private Set<Role> roles = EnumSet.of(Role.API, Role.ROLLUP);

  @JsonProperty
  @Min(16)
  @Max(1 << 20)
  private int cellMemoryMegabytes = 512;

  @JsonProperty
  @Min(1)
  @Max(64)
  private int evaluators = 1;

  @JsonProperty
  @NotNull
  @MinDataSize(value = 64, unit = DataSizeUnit.KIBIBYTES)
  private DataSize tileShare = DataSize.mebibytes(128);

  @JsonProperty @NotNull private Duration evaluationDeadline = Duration.ofSeconds(10);
  @JsonProperty @NotNull private Duration replayPeriod = Duration.ofDays(184);

  @JsonProperty
  @NotNull
  @MinDataSize(value = 16, unit = DataSizeUnit.MEBIBYTES)
  private DataSize partyQuestions = DataSize.gibibytes(8);

  /** What a process of this service does; all of them share database, topics and groups. */
  public enum Role {
    /** Answers SQL from its own copy of the records. */
    API,
    /** Counts cells and closes epochs; further processes share the partitions. */
    ROLLUP,
    /**
     * Answers encrypted questions, each worker with a capped child process in which native code
     * meets foreign ciphertexts; further workers and processes share the questions.
     */
    HE_WORKER
  }

  /** Which engine holds the records and runs the statements. */
  public enum Engine {
    DUCKDB,
    /** The service's PostgreSQL, in the schema {@code query_records}. */
    POSTGRESQL
  }

  /**
   * Where this instance keeps its copy of the records and its secret; inside the operation domain.
   */
  public Path directory() {
    if (directory == null) {
      throw new IllegalStateException("the configuration lacks the key directory");
    }
    return directory;
  }

  public Set<Role> roles() {
    return Set.copyOf(roles);
  }

  /** Workers for encrypted questions in this process, each with a child of its own. */
  public int evaluators() {
    return evaluators;
  }

  /** Native memory that a worker's cells may take. */
  public int cellMemoryMegabytes() {
    return cellMemoryMegabytes;
  }

  /**
   * Cells whose tiles take more are divided: each worker of the group holds shares of at most this
   * size, and what they come to is added up.
   */
  public DataSize tileShare() {
    return tileShare;
  }

  /** Longest one encrypted question may be evaluated. */
  public Duration evaluationDeadline() {
    return evaluationDeadline;
  }

  /**
   * How long what an auditor needs to do an evaluation over is kept: question and reply from its
   * end, locked records from the end of their use.
   */
  public Duration replayPeriod() {
    return replayPeriod;
  }

  /** Most that one party's questions and replies may take until they are erased. */
  public DataSize partyQuestions() {
    return partyQuestions;
  }

  public Engine engine() {
    return engine;
  }

  public int engineMemoryMegabytes() {
    return engineMemoryMegabytes;
  }

  public int engineThreads() {
    return engineThreads;
  }

  /** Longest a statement may run. */
  public Duration timeLimit() {
    return timeLimit;
  }

  /** First time at which a dp answer leaves, see {@code AnswerSlots}. */
  public Duration answerSlot() {
    return answerSlot;
  }

  /** Most rows a statement may return; not fewer than a dp plan may ask for by declaration. */
  public int maxRows() {
    return maxRows;
  }

  /** Queries that run at once. */
  public int workers() {
    return workers;
  }

  /** Queries that may wait for a worker before callers are asked to come back. */
  public int waiting() {
    return waiting;
  }

  /** Six digits after GB/T 2260 of the place where the domain runs; empty when not observed. */
  public String region() {
    return region;
  }

  public void setDirectory(Path directory) {
    this.directory = directory;
  }

  public void setEngine(Engine engine) {
    this.engine = engine;
  }
}
