package dev.weir.intake.run;

import dev.weir.intake.child.ReaderLimits;
import dev.weir.intake.source.IntakeFigures;
import dev.weir.intake.source.SourceFiles;
import dev.weir.intake.source.SourceStore;
import dev.weir.intake.source.Sources;
import dev.weir.intake.treatment.LineageKeys;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;

/** What runs are made of, put together once for the service and once for its tests. */
public record RunParts(
    Database database,
    RunStore store,
    RunSeals seals,
    Sources sources,
    SourceStore sourceStore,
    SourceFiles files,
    LineageKeys keys,
    KafkaRecordStreams streams,
    Authorisation authorisation,
    ReaderLimits limits,
    IntakeFigures figures) {

  /**
   * @param parallel runs at the same time
   */
  public RunDriver driver(int parallel) {
    return driver(parallel, CrashPoint.Probe.NONE);
  }

  RunDriver driver(int parallel, CrashPoint.Probe probe) {
    var attempt =
        new RunAttempt(database, sourceStore, files, keys, streams, seals, limits, probe, figures);
    return new RunDriver(database, store, seals, attempt, parallel);
  }

  /**
   * @param bundle version of the policy bundle, for evidence
   */
  public Runs runs(RunDriver driver, EvidenceLog evidence, InstantSource clock, String bundle) {
    return new Runs(
        database,
        store,
        sources,
        authorisation,
        new RunChecks(files.work()),
        driver,
        evidence,
        clock,
        bundle);
  }
}
