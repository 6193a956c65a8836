package dev.weir.aggregation.http;

import dev.weir.dap.id.TaskId;
import java.net.URI;

/**
 * Where resources of this aggregator are found: below the path of the address that tasks name for
 * it, as an absolute path. Scheme, host and port are those by which the caller came, whatever the
 * header Host says: a proxy that ends TLS and a forged header change nothing. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2">RFC 9110, Location</a>
 */
public final class DapLocations {
  private final String base;

  /**
   * @param address as tasks name it, such as {@code https://aggregator.example/leader/dap/}
   * @throws IllegalArgumentException when its path cannot stand in front of others
   */
  public DapLocations(URI address) {
    String path = address.getRawPath();
    // "//x/tasks" would be another host's
    if (path == null || !path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException("an aggregator's address has a path, such as /dap/");
    }
    this.base = path.endsWith("/") ? path : path + "/";
  }

  public String collectionJob(TaskId task, Object id) {
    return of(task, "collection_jobs", id);
  }

  public String aggregationJob(TaskId task, Object id) {
    return of(task, "aggregation_jobs", id);
  }

  public String aggregateShare(TaskId task, Object id) {
    return of(task, "aggregate_shares", id);
  }

  private String of(TaskId task, String kind, Object id) {
    return base + "tasks/" + task + "/" + kind + "/" + id;
  }
}
