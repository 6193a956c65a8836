package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's log directory: formatted whole or not at all, with the SCRAM credentials of every
 * principal in its first records, so that there is no moment without passwords.
 */
final class KafkaStorage {
  static final int NODE_ID = 1;

  private KafkaStorage() {}

  static Path logDirectory(KafkaSettings settings) {
    return settings.directory().toAbsolutePath().normalize().resolve("data");
  }

  /** Formats the directory unless that was done before. */
  static void format(KafkaSettings settings) {
    Path target = logDirectory(settings);
    Path half = target.resolveSibling("data.half");
    Trees.delete(half);
    if (Files.exists(target.resolve("meta.properties"))) {
      return;
    }
    Trees.delete(target);
    OwnerOnly.directory(half);
    try {
      formatter(settings, half).run();
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException(target + " could not be formatted.", e);
    } catch (Exception e) {
      throw new EmbeddedException("Kafka refused to format " + target + ".", e);
    }
  }

  private static Formatter formatter(KafkaSettings settings, Path directory) {
    return new Formatter()
        .setNodeId(NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setControllerListenerName(KafkaProperties.CONTROLLER_LISTENER)
        .setScramArguments(scram(settings))
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  private static List<String> scram(KafkaSettings settings) {
    var everybody = new ArrayList<>(settings.users());
    everybody.add(settings.admin());
    everybody.add(settings.broker());
    return everybody.stream()
        .map(user ->
            "SCRAM-SHA-512=[name=" + user.username() + ",password=" + user.revealPassword() + "]")
        .toList();
  }
}
