package dev.weir.cli.stack;

import dev.weir.runtime.embedded.FileLocks;
import dev.weir.runtime.embedded.ProcessMark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The launcher's JVM: {@code StackMain <state directory> [--separate] [--kafka-process]}. */
public final class StackMain {

  private StackMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    var state = new StackState(StackState.lasting().root(), Path.of(arguments[0]));
    var lock = FileLocks.tryHold(state.lock());
    if (lock.isEmpty()) {
      System.err.println("another launcher runs this state; nothing was started");
      return;
    }
    ProcessMark.current().write(state.mark(StackMending.LAUNCHER));
    var reporter = new StackReporter(state);
    var stack = new Stack(state, StackOptions.parse(rest), reporter);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(stack, reporter, lock.get()), "stop stack"));
    try {
      stack.start();
      reporter.ready();
    } catch (RuntimeException e) {
      reporter.failed(e);
      e.printStackTrace();
      System.exit(1); // the hook stops what had started
    }
    new PartKeeper(stack, reporter).keep();
  }

  /**
   * Gives the state back as soon as all parts have ended: what the JVM still does afterwards, such
   * as writing its class archive, keeps nobody from the state.
   */
  private static void stop(Stack stack, StackReporter reporter, FileLocks.Held lock) {
    try (lock) {
      reporter.stopping();
      stack.close();
      reporter.stopped();
    }
  }
}
