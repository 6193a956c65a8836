package dev.weir.space.registry;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Attests in which form records may be written from now on. Thread-safe. */
public final class SchemaLeaves {
  /**
   * Services register for the platform, behind which no organisation stands: the code of nobody.
   */
  static final CreditCode PLATFORM = CreditCode.of("000000000000000000");

  private final Supplier<EvidenceLog> evidence;
  private final InstantSource clock;
  private final String bundleVersion;

  /**
   * @param evidence asked for when a schema is registered: the log is sent through Kafka clients
   *     that number their schemas here
   */
  public SchemaLeaves(Supplier<EvidenceLog> evidence, InstantSource clock, String bundleVersion) {
    this.evidence = evidence;
    this.clock = clock;
    this.bundleVersion = bundleVersion;
  }

  void registered(Handle handle, String service, RegisteredSchema schema, String fingerprint) {
    evidence
        .get()
        .append(
            handle,
            EvidenceRecord.of(
                EvidenceKind.ADMINISTRATION,
                clock.instant(),
                PLATFORM,
                "service:" + service,
                Operation.SCHEMA_REGISTER,
                schema.subject(),
                bundleVersion,
                Map.of(
                    "schemaId", Integer.toString(schema.id()),
                    "schemaSha256", fingerprint,
                    "version", Integer.toString(schema.version()))));
  }
}
