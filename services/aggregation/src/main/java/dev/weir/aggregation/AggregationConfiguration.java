package dev.weir.aggregation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.dap.DapRole;
import dev.weir.kernel.CreditCode;
import dev.weir.runtime.config.WeirConfiguration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one aggregator is told at start, beside what every service is. Not changed after start. */
public class AggregationConfiguration extends WeirConfiguration {
  /** The roles that a process of this service plays; one each. */
  public enum Role {
    LEADER(DapRole.LEADER),
    HELPER(DapRole.HELPER);

    private final DapRole role;

    Role(DapRole role) {
      this.role = role;
    }

    public DapRole dap() {
      return role;
    }
  }

  @JsonProperty @NotNull private @Nullable Role role;

  /** Base URL that tasks name for this aggregator, exactly, such as https://leader.example/dap/. */
  @JsonProperty @NotNull private @Nullable URI address;

  /**
   * Of a helper: the party that has the broker's login {@code leader}. Tasks of other leaders come
   * over HTTP only, whoever writes to the broker.
   */
  @JsonProperty private @Nullable CreditCode leaderParty;

  /** HPKE private keys; only the operator may read it. */
  @JsonProperty @NotNull private @Nullable Path keys;

  /** Lanes while they are worked on; rebuilt from Kafka when it is lost. */
  @JsonProperty @NotNull private @Nullable Path state;

  /** Partitions of the lanes' topics; part of every task. */
  @JsonProperty
  @Min(1)
  @Max(1024)
  private int lanes = 4;

  /** Lanes that this process works on at the same time. */
  @JsonProperty
  @Min(1)
  @Max(64)
  private int threads = 2;

  /** How long a transaction stays open; a report waits for three of them until both count it. */
  @JsonProperty @NotNull private Duration commitEvery = Duration.ofMillis(250);

  /** Reports that one contributor may upload to one task, in the long run. */
  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  private int uploadsPerSecond = 1_000;

  /** Reports that one contributor may upload to one task at once. */
  @JsonProperty
  @Min(2)
  @Max(100_000_000)
  private int uploadBurst = 60_000;

  /** Copies of each changelog; 3 in production. */
  @JsonProperty
  @Min(1)
  @Max(5)
  private int replicas = 1;

  public final Role role() {
    return required(role, "role");
  }

  public final URI address() {
    return required(address, "address");
  }

  public final CreditCode leaderParty() {
    return required(leaderParty, "leaderParty");
  }

  public final Path keys() {
    return required(keys, "keys");
  }

  public final Path state() {
    return required(state, "state");
  }

  public final int lanes() {
    return lanes;
  }

  public final int threads() {
    return threads;
  }

  public final Duration commitEvery() {
    return commitEvery;
  }

  public final int uploadsPerSecond() {
    return uploadsPerSecond;
  }

  public final int uploadBurst() {
    return uploadBurst;
  }

  public final int replicas() {
    return replicas;
  }

  private static <T> T required(@Nullable T value, String key) {
    if (value == null) {
      throw new IllegalStateException("the configuration lacks the key " + key);
    }
    return value;
  }
}
