package dev.weir.policy.state;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.RecordSchema;
import java.util.Optional;

/**
 * A data resource as registered. Topic {@code space.resources}, key {@code id}.
 *
 * @param schema the confirmed schema of the source, before treatment
 * @param domainId the operation domain it is authorised to, once it is
 */
public record ResourceState(
    ResourceId id,
    long version,
    IdentificationCode code,
    CreditCode provider,
    LineageId lineageId,
    Optional<DomainId> domainId,
    Bilingual title,
    RecordSchema schema,
    boolean synthetic,
    Status status) {
  /** A cancelled resource keeps its code for ever. */
  public enum Status {
    REGISTERED,
    CANCELLED
  }
}
