package dev.weir.intake.source;

import dev.weir.intake.child.ReaderLimits;
import dev.weir.intake.child.ReaderProcess;
import dev.weir.intake.child.WorkDirectory;
import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.ReadRequest;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.SourceId;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.sql.Database;
import io.dropwizard.lifecycle.Managed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Profiles sources in the background, each in a child process of its own, a bounded number at a
 * time. What a stopped service left unfinished starts again; uploads that were cut off are removed
 * at the start. Thread-safe.
 */
public final class ProfileJobs implements Managed {
  private static final Logger log = LoggerFactory.getLogger(ProfileJobs.class);
  private static final int MAX_WAITING = 64;

  private final Database database;
  private final SourceStore store;
  private final SourceFiles files;
  private final ReaderLimits limits;
  private final ThreadPoolExecutor pool;
  private final ProfileProgress progress = new ProfileProgress();

  /**
   * @param parallel children at the same time
   */
  public ProfileJobs(
      Database database, SourceStore store, SourceFiles files, ReaderLimits limits, int parallel) {
    this.database = database;
    this.store = store;
    this.files = files;
    this.limits = limits;
    this.pool =
        new ThreadPoolExecutor(
            parallel,
            parallel,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("profile-", 0).factory());
  }

  @Override
  public void start() {
    WorkDirectory.sweep(files.work());
    int left = files.sweep(database.asService("sources-known", store::ids));
    if (left > 0) {
      log.info("ended uploads that a killed service left parts={}", left);
    }
    database.asService("profiles-unfinished", store::unfinished).forEach(this::submit);
  }

  @Override
  public void stop() {
    pool.shutdownNow();
  }

  /**
   * @throws ProblemException of type {@link ProblemType#UNAVAILABLE} when too many wait
   */
  void submit(Source source) {
    progress.waits(source.id());
    try {
      pool.execute(() -> run(source));
    } catch (RejectedExecutionException e) {
      progress.ends(source.id());
      end(source, ReadFault.READER_FAILED);
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "Too many profiles are waiting; try again later.");
    }
  }

  private void run(Source source) {
    try {
      SourceProfile profile = read(source);
      byte[] json = Json.canonical(profile);
      files.storeProfile(source.id(), json);
      database.<Boolean>asService(
          "profile-end",
          handle -> {
            store.endProfile(handle, source.id(), profile, Json.sha256Hex(json));
            return true;
          });
      log.info("profiled source={} rows={}", source.id(), profile.rows());
    } catch (ReadFaultException e) {
      // A child that was killed because we stop leaves its source to the next start.
      if (!pool.isShutdown()) {
        end(source, e.fault());
      }
    } catch (RuntimeException e) {
      log.error("profile failed source={}", source.id(), e);
      end(source, ReadFault.READER_FAILED);
    } finally {
      progress.ends(source.id());
    }
  }

  /** Absent when no profile of the source runs or waits at this instance. */
  Optional<ProfileProgress.Progress> progress(SourceId source) {
    return progress.of(source);
  }

  private SourceProfile read(Source source) {
    try (var work = WorkDirectory.below(files.work());
        var child =
            ReaderProcess.start(
                new ReadRequest(
                    ReadRequest.Mode.PROFILE,
                    files.file(source.id()).toString(),
                    source.format(),
                    source.reading(),
                    List.of(),
                    false,
                    work.path().toString(),
                    limits.engineMb()),
                limits)) {
      return child.profile(rows -> progress.reads(source.id(), rows));
    }
  }

  private void end(Source source, ReadFault fault) {
    log.info("unreadable source={} fault={}", source.id(), fault);
    database.<Boolean>asService(
        "profile-unreadable",
        handle -> {
          store.endUnreadable(handle, source.id(), fault.name());
          return true;
        });
  }

  /** The sentence of a fault's code. */
  static String advice(String fault) {
    for (ReadFault each : ReadFault.values()) {
      if (each.name().equals(fault)) {
        return each.advice();
      }
    }
    return ReadFault.READER_FAILED.advice();
  }
}
