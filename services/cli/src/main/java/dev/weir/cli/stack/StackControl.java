package dev.weir.cli.stack;

import dev.weir.cli.client.Profile;
import dev.weir.cli.stack.StackReport.Phase;
import dev.weir.runtime.embedded.FileLocks;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Progress;
import dev.weir.runtime.embedded.Trees;
import dev.weir.runtime.embedded.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts and stops a stack from another process: the stack's JVM goes on when this one ends.
 * Thread-safe; two callers at once start one stack.
 */
public final class StackControl {
  /** Each part has a limit of its own; a first start on a busy machine uses up many of them. */
  private static final Duration START_LIMIT = Duration.ofMinutes(30);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final StackState state;

  public StackControl(StackState state) {
    this.state = state;
  }

  /** The report of the running launcher; empty when the stack is down. */
  public Optional<StackReport> report() {
    return StackReport.ofLiving(state);
  }

  /**
   * Brings the stack up, or finds it up, and returns once it is ready.
   *
   * @param progress told each step as it begins
   * @throws IllegalStateException when it does not come up; the message says why and where the log
   *     is
   */
  public StackReport up(StackOptions options, Progress progress) {
    if (report().isEmpty()) {
      launch(options);
    }
    var follower = new Follower(progress);
    boolean settled = Waiting.until(START_LIMIT, follower::settled);
    return report()
        .filter(report -> settled && report.phase() == Phase.READY)
        .orElseThrow(() -> new IllegalStateException(failure()));
  }

  /**
   * Stops the stack and whatever a killed one left.
   *
   * @return true when something was running
   */
  public boolean down() {
    var launcher = ProcessMark.read(state.mark(StackMending.LAUNCHER));
    boolean ran = launcher.map(ProcessMark::alive).orElse(false);
    launcher.ifPresent(this::stop);
    boolean mended =
        Waiting.until(
            STOP_LIMIT,
            () -> {
              var lock = FileLocks.tryHold(state.lock());
              lock.ifPresent(this::mendUnder);
              return lock.isPresent();
            });
    if (!mended) {
      throw new IllegalStateException("another launcher is starting; try again once it is up");
    }
    return ran;
  }

  /** Waits for the parts to end, not for what the launcher's JVM does after them. */
  private void stop(ProcessMark launcher) {
    launcher.process().ifPresent(ProcessHandle::destroy);
    boolean ended = Waiting.until(STOP_LIMIT, () -> !runs(launcher));
    if (!ended) {
      launcher.stop(Duration.ZERO);
    }
  }

  private boolean runs(ProcessMark launcher) {
    boolean stopped =
        StackReport.read(state)
            .filter(report -> report.phase() == Phase.STOPPED)
            .filter(report -> report.launcher().equals(launcher))
            .isPresent();
    return !stopped && launcher.alive();
  }

  private void mendUnder(FileLocks.Held lock) {
    try (lock) {
      StackMending.mend(state);
    }
  }

  /** Deletes everything the stack kept. */
  public void forget() {
    down();
    Trees.delete(state.directory());
  }

  /** How to call the services as one of the realm's accounts. */
  public Profile profile(String clientId) throws IOException {
    return Profile.read(state.profile(clientId));
  }

  private void launch(StackOptions options) {
    StackLogs.rotate(state);
    var arguments = new ArrayList<String>(List.of(state.directory().toString()));
    arguments.addAll(options.arguments());
    String build = Optional.ofNullable(System.getProperty("weir.build")).orElse("unknown");
    var archive = state.cache().resolve("stack-" + build + ".jsa");
    JavaProcess.start(
        state,
        StackMending.LAUNCHER,
        StackMain.class.getName(),
        List.of(
            "-Xmx1536m",
            "-XX:+UseSerialGC",
            "-XX:SharedArchiveFile=" + archive,
            "-XX:+AutoCreateSharedArchive",
            "-Xlog:disable"),
        arguments);
  }

  private String failure() {
    String why =
        StackReport.read(state)
            .map(report ->
                switch (report.phase()) {
                  case FAILED -> report.step();
                  case STOPPING, STOPPED -> "it was stopped while it started";
                  case STARTING, READY ->
                      "it ended, or was not ready after %d minutes, at the step '%s'"
                          .formatted(START_LIMIT.toMinutes(), report.step());
                })
            .orElse("it ended before its first step");
    return "the stack did not come up: " + why + " (log: " + state.log("stack") + ")";
  }

  /** Passes on each new step until the launcher is ready or gone. */
  private final class Follower {
    private final Progress progress;
    private String told = "";

    Follower(Progress progress) {
      this.progress = progress;
    }

    boolean settled() {
      boolean launcherGone =
          !ProcessMark.read(state.mark(StackMending.LAUNCHER))
              .map(ProcessMark::alive)
              .orElse(false);
      var report = report();
      report.filter(r -> r.phase() == Phase.STARTING).ifPresent(this::tell);
      return launcherGone || report.map(Follower::settled).orElse(false);
    }

    private static boolean settled(StackReport report) {
      return switch (report.phase()) {
        case STARTING -> false;
        case READY -> report.isReady();
        case STOPPING, STOPPED, FAILED -> true;
      };
    }

    private void tell(StackReport report) {
      if (!report.step().equals(told)) {
        told = report.step();
        progress.step(told);
      }
    }
  }
}
