package dev.weir.intake.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.intake.frame.Row;
import dev.weir.intake.profile.CellText;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * A rejected row as domain data: the raw text of an unreadable row, otherwise a JSON object of
 * column names and texts. At most 256 KiB are kept.
 */
final class DeadLetterPayload {
  private static final int MAX_BYTES = 256 << 10;
  private static final ObjectMapper JSON = Json.mapper();

  private DeadLetterPayload() {}

  static ByteBuffer of(Row row, RecordSchema schema) {
    byte[] bytes =
        (row.fault().isEmpty() ? object(row, schema) : row.text(0))
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_BYTES));
  }

  private static String object(Row row, RecordSchema schema) {
    var cells = new LinkedHashMap<String, String>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      if (!row.isNull(i)) {
        cells.put(column.name(), CellText.of(row, i, column.type(), column.scale()));
      }
    }
    try {
      return JSON.writeValueAsString(cells);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts always have a JSON form", e);
    }
  }
}
