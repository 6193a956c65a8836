package dev.weir.audit.export;

import java.io.IOException;

/** Where an export reads from. */
@FunctionalInterface
public interface LogSource {

  /**
   * @param path with query, from {@code /v1/} on
   * @return the whole body
   * @throws IOException when the answer is not 200
   */
  byte[] get(String path) throws IOException, InterruptedException;
}
