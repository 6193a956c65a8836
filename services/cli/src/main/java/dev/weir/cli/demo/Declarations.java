package dev.weir.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.demo.Field.Bounds;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code --declare FILE} says. Members that are left out are decided by the demo.
 *
 * @param timeZone IANA name, for times that carry none
 * @param columns by the name that the profile shows
 */
record Declarations(
    Optional<String> timeZone,
    Optional<Department.PersonKey> personKey,
    Optional<Map<String, ColumnDeclaration>> columns) {

  /**
   * @param lower with {@code upper}: bounds of a measure
   * @param granule 1 when left out
   * @param keys the public key domain of a group key
   */
  record ColumnDeclaration(
      Optional<BigDecimal> lower,
      Optional<BigDecimal> upper,
      Optional<BigDecimal> granule,
      Optional<List<String>> keys) {

    private Optional<Bounds> bounds() {
      return lower.flatMap(
          low -> upper.map(high -> new Bounds(low, high, granule.orElse(BigDecimal.ONE), false)));
    }
  }

  /**
   * @throws CommandFault when the file is absent, is not such JSON, or contradicts itself
   */
  static Declarations read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      var read = Json.mapper().readValue(bytes, Declarations.class);
      read.check(file);
      return read;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new CommandFault(
          ExitCode.USAGE,
          file + " 第 " + line + " 行不是所需的声明（timeZone、personKey、columns）",
          file + ", line " + line + ", is no declaration of timeZone, personKey, columns");
    }
  }

  Optional<ZoneId> zone() {
    return timeZone.map(ZoneId::of);
  }

  Optional<Bounds> bounds(String column) {
    return of(column).flatMap(ColumnDeclaration::bounds);
  }

  Optional<List<String>> keys(String column) {
    return of(column).flatMap(ColumnDeclaration::keys);
  }

  /**
   * @throws CommandFault when a column is declared that the file does not have
   */
  void requireColumns(List<String> present) {
    var named = new java.util.TreeSet<>(columns.orElse(Map.of()).keySet());
    personKey.ifPresent(key -> named.add(key.column()));
    present.forEach(named::remove);
    if (!named.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "声明了文件中没有的列：" + named + "；文件的列：" + present,
          "declared columns that the file does not have: " + named + "; it has " + present);
    }
  }

  private Optional<ColumnDeclaration> of(String column) {
    return columns.map(all -> all.get(column));
  }

  private void check(Path file) {
    try {
      zone();
      for (var column : columns.orElse(Map.of()).values()) {
        boolean half = column.lower().isPresent() != column.upper().isPresent();
        if (half || column.granule().isPresent() && column.lower().isEmpty()) {
          throw new IllegalArgumentException("lower, upper and granule go together");
        }
        column.bounds().ifPresent(Bounds::check);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CommandFault(
          ExitCode.USAGE, file + "：" + e.getMessage(), file + ": " + e.getMessage());
    }
  }
}
