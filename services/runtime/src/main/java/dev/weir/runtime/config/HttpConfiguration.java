package dev.weir.runtime.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.dropwizard.util.DataSize;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ports and limits of the HTTP border. Immutable.
 *
 * @param host address of the API port; loopback when absent
 * @param port 0 takes a free one
 * @param adminPort on loopback always; 0 takes a free one
 * @param maxBody largest body, counted before anything is parsed; 1 MiB when absent
 * @param maxUpload largest body on the paths the service declared as streamed uploads
 * @param maxThreads threads that compute or wait at the same time; beyond them {@code maxQueued}
 *     requests wait, beyond those the answer is 503
 * @param gracePeriod how long running requests may finish once the service was told to stop
 * @param party what one party may ask
 */
public record HttpConfiguration(
    String host,
    @Min(0) @Max(65_535) int port,
    @Min(0) @Max(65_535) int adminPort,
    DataSize maxBody,
    DataSize maxUpload,
    @Min(8) @Max(1024) int maxThreads,
    @Min(1) @Max(65_536) int maxQueued,
    Duration gracePeriod,
    @Valid PartyLimits party) {

  @JsonCreator
  public HttpConfiguration(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable Integer adminPort,
      @Nullable DataSize maxBody,
      @Nullable DataSize maxUpload,
      @Nullable Integer maxThreads,
      @Nullable Integer maxQueued,
      @Nullable Duration gracePeriod,
      @Nullable PartyLimits party) {
    this(
        host == null ? "127.0.0.1" : host,
        port == null ? 0 : (int) port,
        adminPort == null ? 0 : (int) adminPort,
        maxBody == null ? DataSize.mebibytes(1) : maxBody,
        maxUpload == null ? DataSize.gibibytes(2) : maxUpload,
        maxThreads == null ? 64 : (int) maxThreads,
        maxQueued == null ? 256 : (int) maxQueued,
        gracePeriod == null ? Duration.ofSeconds(20) : gracePeriod,
        party == null ? PartyLimits.DEFAULT : party);
  }

  /** Our limits on the given ports. */
  public static HttpConfiguration on(int port, int adminPort) {
    return new HttpConfiguration(null, port, adminPort, null, null, null, null, null, null);
  }
}
