package dev.weir.query.job;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.json.JsonDigest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Writes the leaves of decisions and releases; digests stand for texts and answers. Thread-safe.
 */
final class QueryEvidence {
  private final EvidenceLog log;
  private final InstantSource clock;
  private final String bundleVersion;

  QueryEvidence(EvidenceLog log, InstantSource clock, String bundleVersion) {
    this.log = log;
    this.clock = clock;
    this.bundleVersion = bundleVersion;
  }

  LeafId decision(Handle handle, Caller caller, QueryJob job, Assessment assessment) {
    var figures = figures(job);
    figures.put(
        "role", caller.roles().stream().map(role -> role.tokenName()).sorted().toList().toString());
    assessment
        .expected()
        .ifPresent(expected -> figures.put("expectedFen", Long.toString(expected.fen())));
    String bundle = assessment.decision().map(UsageDecision::bundleVersion).orElse(bundleVersion);
    return log.append(handle, record(EvidenceKind.DECISION, job, bundle, figures), job.providers());
  }

  /**
   * @param answer what leaves, JSON
   */
  LeafId release(Handle handle, QueryJob job, String answer, SortedMap<String, String> further) {
    var figures = figures(job);
    figures.putAll(further);
    figures.put("answerSha256", JsonDigest.ofText(answer));
    return log.append(
        handle, record(EvidenceKind.RELEASE, job, bundleVersion, figures), job.providers());
  }

  /**
   * A decision made while the query ran or at its release: a small group, a spent budget, an ended
   * contract.
   */
  LeafId refusal(Handle handle, QueryJob job, RefusalView refusal) {
    var figures = figures(job);
    figures.put("problem", refusal.problem().urn());
    var refused =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            LeafId.random(),
            EvidenceKind.DECISION,
            clock.instant(),
            job.party(),
            job.subject(),
            Operation.QUERY_RUN,
            job.id().toString(),
            Optional.of(job.contractId().toString()),
            Optional.of("deny"),
            Optional.of(refusal.reasons().getFirst().rule()),
            bundleVersion,
            figures);
    return log.append(handle, refused, job.providers());
  }

  private EvidenceRecord record(
      EvidenceKind kind, QueryJob job, String bundle, SortedMap<String, String> figures) {
    return new EvidenceRecord(
        EvidenceRecord.VERSION,
        LeafId.random(),
        kind,
        clock.instant(),
        job.party(),
        job.subject(),
        Operation.QUERY_RUN,
        job.id().toString(),
        Optional.of(job.contractId().toString()),
        job.decision(),
        job.rule(),
        bundle,
        figures);
  }

  private static SortedMap<String, String> figures(QueryJob job) {
    var figures = new TreeMap<String, String>();
    figures.put("purposeSha256", Json.sha256Hex(job.purpose().getBytes(StandardCharsets.UTF_8)));
    figures.put("sqlSha256", Json.sha256Hex(job.sql().getBytes(StandardCharsets.UTF_8)));
    job.canonicalSha256().ifPresent(digest -> figures.put("canonicalSha256", digest));
    figures.put(
        "products",
        String.join(" ", job.products().stream().map(Object::toString).sorted().toList()));
    return figures;
  }
}
