package dev.weir.query.plan.render;

import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.query.plan.EngineDialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the records of a resource are stored in an engine. Generated statements rely on it: whole
 * numbers and decimals are unscaled 64-bit integers, text is UTF-8, dates and timestamps are finite
 * and lie in the years 1 to 9999 (UTC), and {@code _id} tells records of one version apart.
 */
public final class EngineTables {
  /** The record's id, 16 bytes. */
  public static final String ID = "_id";

  /** The sealed version the record belongs to. */
  public static final String VERSION = "_version";

  private static final int MAX_PLAIN_NAME = 50;
  private static final int HASH_DIGITS = 24;

  private EngineTables() {}

  /** The table of a resource, unquoted and safe to quote. */
  public static String table(ResourceId resource) {
    return "r_" + resource.toString().replace("-", "");
  }

  /** The column of a resource's column, whatever its letter case, script or length. */
  public static String column(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.matches("[a-z0-9_]{1," + MAX_PLAIN_NAME + "}")
        ? "c_" + lower
        : "x_" + hash(lower).substring(0, HASH_DIGITS);
  }

  /** The engine's type of a column. */
  public static String type(Column column, EngineDialect dialect) {
    boolean duck = dialect == EngineDialect.DUCKDB;
    return switch (column.type()) {
      case BOOLEAN -> "BOOLEAN";
      case INTEGER, DECIMAL -> "BIGINT";
      case DOUBLE -> duck ? "DOUBLE" : "DOUBLE PRECISION";
      case STRING -> duck ? "VARCHAR" : "TEXT";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }

  /** {@code CREATE TABLE IF NOT EXISTS} for a resource. */
  public static String create(ResourceId resource, List<Column> columns, EngineDialect dialect) {
    String own =
        columns.stream()
            .map(c -> ", \"" + column(c.name()) + "\" " + type(c, dialect))
            .collect(Collectors.joining());
    String bytes = dialect == EngineDialect.DUCKDB ? "BLOB" : "BYTEA";
    return "CREATE TABLE IF NOT EXISTS \"%s\" (\"%s\" %s NOT NULL, \"%s\" BIGINT NOT NULL%s)"
        .formatted(table(resource), ID, bytes, VERSION, own);
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
