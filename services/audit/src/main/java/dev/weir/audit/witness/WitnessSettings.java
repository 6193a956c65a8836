package dev.weir.audit.witness;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a witness is told at start, as YAML; unknown keys are errors.
 *
 * @param directory its own: key, memory, pinned log key
 * @param publicKeys where {@code witness.vkey} is published; may be {@code directory}
 * @param host address it listens at
 * @param port 0 takes a free one
 * @param name of its key, such as {@code weir.example/witness}
 * @param logKeyFile the log's {@code log.vkey}; read once, then pinned in {@code directory}
 */
public record WitnessSettings(
    Path directory, Path publicKeys, String host, int port, String name, Path logKeyFile) {

  /** On loopback, with its public key in its own directory. */
  public static WitnessSettings onLoopback(Path directory, int port, String name, Path logKeyFile) {
    return new WitnessSettings(directory, directory, "127.0.0.1", port, name, logKeyFile);
  }

  public static WitnessSettings read(Path yaml) throws IOException {
    return YAMLMapper.builder()
        .addModule(new ParameterNamesModule())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .build()
        .readValue(yaml.toFile(), WitnessSettings.class);
  }
}
