package dev.weir.acceptance.stack;

import dev.weir.aggregation.AggregationApplication;
import java.nio.file.Path;

/** An aggregator in a process of its own, until it is killed. */
final class AggregatorMain {
  private AggregatorMain() {}

  /**
   * @param arguments the configuration file
   */
  public static void main(String[] arguments) throws InterruptedException {
    new AggregationApplication().start(Path.of(arguments[0]));
    Thread.currentThread().join();
  }
}
