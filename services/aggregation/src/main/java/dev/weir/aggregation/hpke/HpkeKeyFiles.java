package dev.weir.aggregation.hpke;

import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Private keys as files {@code <id>.hpke} of hexadecimal digits in a directory that only the
 * operator can read. To rotate, add a file with the next id and restart; keep the old one until no
 * report to it can arrive: a day, for which clients may keep what they were offered, and the
 * greatest report age of all tasks. All instances have the same keys.
 */
public final class HpkeKeyFiles {
  private static final Pattern NAME = Pattern.compile("(\\d{1,3})\\.hpke");
  private static final int MAX_ID = 255;

  private HpkeKeyFiles() {}

  /**
   * All keys by id; makes the first one where none was ever offered.
   *
   * @throws IllegalStateException that says what to do, where clients were offered others
   */
  public static Map<Integer, HpkePrivateKey> read(
      Path directory, SecureRandom random, PostgresOfferedKeys offered) {
    OwnerOnly.directory(directory);
    var keys = present(directory);
    if (keys.isEmpty() && offered.isNone()) {
      var key = HpkePrivateKey.random(random);
      OwnerOnly.write(directory.resolve("1.hpke"), HexFormat.of().formatHex(key.revealBytes()));
      keys.put(1, key);
    }
    offered.require(keys);
    return keys;
  }

  private static Map<Integer, HpkePrivateKey> present(Path directory) {
    var keys = new TreeMap<Integer, HpkePrivateKey>();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Integer.parseInt(name.group(1)) <= MAX_ID) {
          byte[] bytes = HexFormat.of().parseHex(Files.readString(file).strip());
          keys.put(Integer.parseInt(name.group(1)), HpkePrivateKey.of(bytes));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the HPKE keys cannot be read", e);
    }
    return keys;
  }
}
