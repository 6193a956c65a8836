package dev.weir.intake.treatment;

import dev.weir.intake.frame.Row;
import dev.weir.intake.profile.CellText;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.RecordSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Compiles checked treatments. */
final class TreatmentCompiler {
  private static final int PSEUDONYM_BYTES = 16;
  private static final long DAY_MICROS = 86_400_000_000L;

  private TreatmentCompiler() {}

  static CellTreatment compile(
      Column column, Treatment treatment, RecordSchema schema, LineageKey key) {
    return switch (treatment) {
      case Treatment.Keep keep -> TreatmentCompiler::copy;
      case Treatment.Drop drop -> (source, from, treated, to) -> {};
      case Treatment.Mask mask ->
          (source, from, treated, to) ->
              treated.setText(to, Masks.mask(text(source, from, column), mask));
      case Treatment.Ranges ranges -> ranges(column, ranges);
      case Treatment.Truncate truncate -> truncate(column, truncate);
      case Treatment.Hierarchy hierarchy -> hierarchy(column, hierarchy);
      case Treatment.DateShift shift -> shift(column, shift, schema, key);
      case Treatment.Pseudonym pseudonym ->
          (source, from, treated, to) ->
              treated.setText(
                  to,
                  HexFormat.of()
                      .formatHex(
                          key.derive("pseudonym", text(source, from, column)), 0, PSEUDONYM_BYTES));
    };
  }

  private static void copy(Row source, int from, Row treated, int to) {
    switch (source.kind(from)) {
      case Row.NUMBER -> treated.setNumber(to, source.number(from));
      case Row.REAL -> treated.setReal(to, source.real(from));
      default -> treated.setText(to, source.text(from));
    }
  }

  private static String text(Row source, int from, Column column) {
    return CellText.of(source, from, column.type(), column.scale());
  }

  private static CellTreatment ranges(Column column, Treatment.Ranges ranges) {
    return (source, from, treated, to) -> {
      var value = new BigDecimal(text(source, from, column));
      BigDecimal steps =
          value.subtract(ranges.origin()).divide(ranges.width(), 0, RoundingMode.FLOOR);
      BigDecimal lower = ranges.origin().add(steps.multiply(ranges.width()));
      treated.setText(to, "[" + plain(lower) + "," + plain(lower.add(ranges.width())) + ")");
    };
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static CellTreatment truncate(Column column, Treatment.Truncate truncate) {
    ZoneId zone = ZoneId.of(truncate.zone().orElse("UTC"));
    return (source, from, treated, to) -> {
      long value = source.number(from);
      LocalDate date =
          column.type() == ColumnType.DATE
              ? LocalDate.ofEpochDay(value)
              : Instant.ofEpochSecond(Math.floorDiv(value, 1_000_000L)).atZone(zone).toLocalDate();
      LocalDate first =
          switch (truncate.to()) {
            case MONTH -> date.withDayOfMonth(1);
            case YEAR -> date.withDayOfYear(1);
          };
      treated.setNumber(to, first.toEpochDay());
    };
  }

  private static CellTreatment hierarchy(Column column, Treatment.Hierarchy hierarchy) {
    Map<String, String> ancestors = new HashMap<>();
    hierarchy.rows().forEach(row -> ancestors.put(row.getFirst(), row.get(hierarchy.level())));
    return (source, from, treated, to) ->
        treated.setText(to, ancestors.getOrDefault(text(source, from, column), "*"));
  }

  /** Rows without a person are emptied: an unshifted date would give the true one away. */
  private static CellTreatment shift(
      Column column, Treatment.DateShift shift, RecordSchema schema, LineageKey key) {
    Column person = schema.column(shift.person()).orElseThrow();
    int personIndex = schema.columns().indexOf(person);
    long span = 2L * shift.maxDays() + 1;
    long unit = column.type() == ColumnType.DATE ? 1 : DAY_MICROS;
    return (source, from, treated, to) -> {
      if (!source.isNull(personIndex)) {
        byte[] bits = key.derive("date-shift", text(source, personIndex, person));
        long days = Math.floorMod(ByteBuffer.wrap(bits).getLong(), span) - shift.maxDays();
        treated.setNumber(to, source.number(from) + days * unit);
      }
    };
  }
}
