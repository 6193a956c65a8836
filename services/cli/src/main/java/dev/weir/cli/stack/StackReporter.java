package dev.weir.cli.stack;

import dev.weir.cli.stack.StackReport.Phase;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Progress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the report of this launcher up to date. Thread-safe. */
final class StackReporter implements Progress {
  private final StackState state;
  private final ProcessMark launcher = ProcessMark.current();
  private final Map<String, Double> steps = new ConcurrentHashMap<>();
  private final Map<String, Double> ready = new ConcurrentHashMap<>();
  private volatile boolean failed;
  private volatile boolean ending;

  StackReporter(StackState state) {
    this.state = state;
    report(Phase.STARTING, "starting");
  }

  @Override
  public void step(String what) {
    steps.put(what, seconds());
    report(Phase.STARTING, what);
  }

  @Override
  public void ready(String part) {
    ready.put(part, seconds());
  }

  void ready() {
    report(Phase.READY, "ready");
  }

  void failed(RuntimeException why) {
    failed = true;
    report(Phase.FAILED, String.valueOf(why.getMessage()));
  }

  void stopping() {
    ending = true;
    if (!failed) {
      report(Phase.STOPPING, "stopping");
    }
  }

  void stopped() {
    if (!failed) {
      report(Phase.STOPPED, "stopped");
    }
  }

  private synchronized void report(Phase phase, String step) {
    if (ending && (phase == Phase.STARTING || phase == Phase.READY)) {
      return; // a part that came up too late
    }
    new StackReport(phase, step, launcher, seconds(), addresses(), steps, ready).write(state);
  }

  private Map<String, URI> addresses() {
    var ports = StackPorts.read(state.directory());
    var addresses = new TreeMap<String, URI>();
    for (String name : ports.byName().keySet()) {
      addresses.put(name, ports.address(name));
    }
    return addresses;
  }

  private double seconds() {
    return (System.currentTimeMillis() - launcher.startedAtMillis()) / 1000.0;
  }
}
