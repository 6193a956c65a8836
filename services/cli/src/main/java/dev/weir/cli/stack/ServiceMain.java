package dev.weir.cli.stack;

import java.nio.file.Path;
import java.util.Locale;

/** Runs one service in this JVM: {@code ServiceMain space space.yaml}. */
public final class ServiceMain {

  private ServiceMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: ServiceMain <service> <configuration.yaml>");
    }
    var service = Service.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    var running = service.start(Path.of(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "stop " + service.id()));
    Thread.currentThread().join();
  }

  private static void stop(AutoCloseable running) {
    try {
      running.close();
    } catch (Exception e) {
      System.err.println("did not stop cleanly: " + e.getMessage());
    }
  }
}
