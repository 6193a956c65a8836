package dev.weir.audit.witness;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** Starts a witness from its YAML file: {@code WitnessMain witness.yaml}. */
public final class WitnessMain {
  private WitnessMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: WitnessMain <witness.yaml>");
    }
    var settings = WitnessSettings.read(Path.of(arguments[0]));
    try (var server = HttpWitnessServer.start(settings, Clock.systemUTC(), new SecureRandom())) {
      System.out.println("witness " + settings.name() + " on port " + server.port());
      new CountDownLatch(1).await(); // until the process is told to stop
    }
  }
}
