package dev.weir.query.rollup;

import dev.weir.kernel.data.Column;
import dev.weir.query.plan.expr.Values;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Finds the cell, the person and the measures of a record. Confined to one task; the positions of
 * the columns are looked up once per schema.
 */
final class RecordReader {
  private static final String COLUMN_NAME = "weir.name";
  private static final String VERSION = "_version";
  private static final long MICROS = 1_000_000L;
  private static final int NANOS_PER_MICRO = 1_000;

  private final RollupSpec spec;
  private final List<Map<String, Integer>> domains;
  private final List<MeasureReader> measures;
  private final Map<Schema, Map<String, Integer>> positions = new HashMap<>();

  RecordReader(RollupSpec spec) {
    this.spec = spec;
    this.domains = spec.keys().stream().map(key -> index(key.values())).toList();
    this.measures = spec.measures().stream().map(MeasureReader::of).toList();
  }

  /**
   * @param person whose records are bounded together; empty when the unit is the record
   */
  record Reading(Contribution contribution, Optional<String> person) {}

  /**
   * @throws IllegalStateException when the record lacks a column or holds a value of another type
   */
  Reading read(UUID run, GenericRecord record) {
    var at = positions.computeIfAbsent(record.getSchema(), RecordReader::positions);
    long version = (long) record.get(VERSION);
    int cell = cell(record, at);
    Optional<String> person = Optional.empty();
    if (spec.contribution().isPresent()) {
      Object key = record.get(position(at, spec.contribution().get().personKey()));
      person = Optional.ofNullable(key).map(Object::toString);
      cell = key == null ? Contribution.NOWHERE : cell;
    }
    return new Reading(
        cell < 0
            ? Contribution.without(run, version, cell)
            : new Contribution(run, version, cell, values(record, at)),
        person);
  }

  private int cell(GenericRecord record, Map<String, Integer> at) {
    int cell = 0;
    for (int i = 0; i < spec.keys().size(); i++) {
      Column column = spec.keys().get(i).column();
      Object value = record.get(position(at, column.name()));
      Integer index = value == null ? null : domains.get(i).get(text(column, value));
      if (index == null) {
        return Contribution.NOWHERE;
      }
      cell = cell * domains.get(i).size() + index;
    }
    return cell;
  }

  private List<Optional<Long>> values(GenericRecord record, Map<String, Integer> at) {
    List<Optional<Long>> values = new ArrayList<>(measures.size());
    for (int i = 0; i < measures.size(); i++) {
      Object value = record.get(position(at, spec.measures().get(i).column().name()));
      values.add(value == null ? Optional.empty() : measures.get(i).read(value));
    }
    return values;
  }

  /** The textual form that key domains are declared in. */
  private static String text(Column column, Object value) {
    return switch (column.type()) {
      case STRING, BOOLEAN, INTEGER -> value.toString();
      case DECIMAL -> Values.text(BigDecimal.valueOf((long) value, column.scale()));
      case DATE -> LocalDate.ofEpochDay((int) value).toString();
      case TIMESTAMP -> Values.text(time((long) value));
      case DOUBLE -> throw new IllegalStateException("a binary fraction is no key");
    };
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS),
        (int) Math.floorMod(micros, MICROS) * NANOS_PER_MICRO,
        ZoneOffset.UTC);
  }

  private static int position(Map<String, Integer> at, String column) {
    Integer position = at.get(column.toLowerCase(Locale.ROOT));
    if (position == null) {
      throw new IllegalStateException("a message of the record topic lacks a column");
    }
    return position;
  }

  private static Map<String, Integer> positions(Schema schema) {
    var positions = new HashMap<String, Integer>();
    for (Schema.Field field : schema.getFields()) {
      var name = Optional.ofNullable(field.getProp(COLUMN_NAME)).orElse(field.name());
      positions.put(name.toLowerCase(Locale.ROOT), field.pos());
    }
    return positions;
  }

  private static Map<String, Integer> index(List<String> values) {
    var index = new HashMap<String, Integer>();
    values.forEach(value -> index.put(value, index.size()));
    return Map.copyOf(index);
  }
}
