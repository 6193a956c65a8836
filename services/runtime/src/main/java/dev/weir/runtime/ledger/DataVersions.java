package dev.weir.runtime.ledger;

import dev.weir.kernel.LineageId;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Data versions as one text: {@code lineage=version} by lineage, separated by commas. */
final class DataVersions {
  private DataVersions() {}

  static String write(Map<LineageId, Long> versions) {
    return SpendRequest.sorted(versions).entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  static SortedMap<LineageId, Long> read(String text) {
    var versions = new HashMap<LineageId, Long>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int at = pair.indexOf('=');
      versions.put(LineageId.of(pair.substring(0, at)), Long.valueOf(pair.substring(at + 1)));
    }
    return SpendRequest.sorted(versions);
  }
}
