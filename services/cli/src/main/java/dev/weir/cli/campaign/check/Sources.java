package dev.weir.cli.campaign.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the checker reads.
 *
 * @param jdbcUrl of the services' database
 * @param databaseUser sees every row
 * @param kafka client properties of a user who reads every topic
 * @param log directory of the evidence log
 * @param platformFiles directories of which no file may hold anything raw: logs, metrics, the log
 * @param history what the campaign's clients were told, see {@link Acknowledgement}
 * @param canary planted in the raw data
 */
public record Sources(
    String jdbcUrl,
    String databaseUser,
    String databasePassword,
    Map<String, Object> kafka,
    Path log,
    List<Path> platformFiles,
    Path history,
    String canary) {
  public Sources {
    kafka = Map.copyOf(kafka);
    platformFiles = List.copyOf(platformFiles);
  }

  @Override
  public String toString() {
    return "Sources[" + jdbcUrl + "]";
  }
}
