package dev.weir.intake.source;

import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.Reading;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.SourceId;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.sql.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uploading, profiling and reading sources. Thread-safe. */
public final class Sources {
  private static final int MAX_NAME_CHARS = 200;

  private final Database database;
  private final SourceStore store;
  private final SourceFiles files;
  private final ProfileJobs jobs;
  private final EvidenceLog evidence;
  private final InstantSource clock;
  private final String bundle;
  private final IntakeFigures figures;

  /**
   * @param bundle version of the policy bundle, for evidence
   */
  public Sources(
      Database database,
      SourceStore store,
      SourceFiles files,
      ProfileJobs jobs,
      EvidenceLog evidence,
      InstantSource clock,
      String bundle,
      IntakeFigures figures) {
    this.database = database;
    this.store = store;
    this.files = files;
    this.jobs = jobs;
    this.evidence = evidence;
    this.clock = clock;
    this.bundle = bundle;
    this.figures = figures;
  }

  /**
   * Stores an upload.
   *
   * @param requestKey the same key of the same provider makes one source only
   */
  Source upload(Caller caller, String name, String requestKey, InputStream body) {
    if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A source has a name of 1 to 200 characters.");
    }
    var id = SourceId.random();
    var received = files.receive(id, body);
    figures.received(received.bytes());
    boolean kept = false;
    try {
      var source =
          new Source(
              id,
              caller.party(),
              caller.subject(),
              name,
              received.bytes(),
              received.sha256(),
              received.format(),
              Source.Status.UPLOADED,
              Reading.DETECTED,
              List.of(),
              Optional.empty(),
              Optional.empty(),
              clock.instant());
      Source stored = record(caller, source, requestKey);
      kept = stored.id().equals(id);
      if (kept) {
        files.keep(id);
      }
      return stored;
    } finally {
      if (!kept) {
        files.discard(id);
      }
    }
  }

  private Source record(Caller caller, Source source, String requestKey) {
    return database.inTransaction(
        caller,
        "source-add",
        handle -> {
          Source stored = store.add(handle, source, requestKey);
          if (!stored.sha256().equals(source.sha256())) {
            throw new ProblemException(
                ProblemType.CONFLICT, "The idempotency key was used for another file.");
          }
          if (stored.id().equals(source.id())) {
            evidence.append(
                handle,
                EvidenceRecord.of(
                    EvidenceKind.INTAKE,
                    source.createdAt(),
                    caller.party(),
                    caller.subject(),
                    Operation.SOURCE_UPLOAD,
                    source.id().toString(),
                    bundle,
                    Map.of("bytes", Long.toString(source.bytes()), "sha256", source.sha256())));
          }
          return stored;
        });
  }

  Page<Source> list(Caller caller, PageRequest page) {
    return database.inTransaction(
        caller,
        "source-list",
        handle -> Page.of(store.list(handle, page), page, source -> store.cursor(handle, source)));
  }

  /**
   * @throws ProblemException of type {@link ProblemType#NOT_FOUND} also for the source of another
   *     provider
   */
  public Source get(Caller caller, SourceId id) {
    return database
        .inTransaction(caller, "source-get", handle -> store.find(handle, id))
        .orElseThrow(Sources::unknown);
  }

  /** Starts profiling in the background; a second call while it runs changes nothing. */
  Source profile(Caller caller, SourceId id, Reading reading) {
    boolean begun =
        database.inTransaction(
            caller,
            "source-profile",
            handle -> {
              Source source = store.find(handle, id).orElseThrow(Sources::unknown);
              return store.beginProfile(handle, source.id(), reading);
            });
    Source source = get(caller, id);
    if (begun) {
      jobs.submit(source);
    }
    return source;
  }

  /** How far its profile is; absent when none runs or waits here. */
  Optional<ProfileProgress.Progress> progress(Source source) {
    return jobs.progress(source.id());
  }

  SourceProfile readProfile(Caller caller, SourceId id) {
    Source source = get(caller, id);
    return switch (source.status()) {
      case PROFILED -> load(id);
      case UNREADABLE ->
          throw new ProblemException(
              ProblemType.UNREADABLE_SOURCE, ProfileJobs.advice(source.fault().orElse("")));
      case UPLOADED, PROFILING ->
          throw new ProblemException(
              ProblemType.WRONG_STATE, "The source is not profiled yet; ask for its status.");
    };
  }

  private SourceProfile load(SourceId id) {
    try {
      return Json.mapper().readValue(files.loadProfile(id), SourceProfile.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no such source.");
  }
}
