package dev.weir.benchmarks.aggregation;

import dev.weir.aggregation.AggregationApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An aggregator in a process of its own, until its standard input ends. */
final class AggregatorMain {
  private AggregatorMain() {}

  /**
   * @param arguments the configuration file, and the file that its base address is written to
   */
  public static void main(String[] arguments) throws IOException {
    var running = new AggregationApplication().start(Path.of(arguments[0]));
    var address = Path.of(arguments[1]);
    var half = address.resolveSibling(address.getFileName() + ".half");
    Files.writeString(half, running.api().toString());
    Files.move(half, address, StandardCopyOption.ATOMIC_MOVE);
    System.in.transferTo(OutputStream.nullOutputStream()); // ends with the parent, however it ends
    running.close();
    System.exit(0);
  }
}
