package dev.weir.query.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One treated record.
 *
 * @param id 16 bytes: the front of SHA-256(source digest, ordinal), as 32 lower-case hex digits
 * @param values one per column in schema order: Boolean, Long (INTEGER, unscaled DECIMAL, days of
 *     DATE, microseconds of TIMESTAMP), Double, String or null
 */
public record StoredRecord(String id, List<@Nullable Object> values) {
  public StoredRecord {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  @Override
  public String toString() {
    return "StoredRecord[" + values.size() + " columns]";
  }
}
