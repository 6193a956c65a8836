package dev.weir.space.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.state.ResourceState;
import dev.weir.policy.state.ResourceState.Status;
import dev.weir.space.change.Hand;
import java.util.Optional;

/**
 * A data resource as stored and shown. Immutable; every step returns the next version or refuses.
 *
 * @param topic the subject heading it is found under
 * @param operator the operating body of the domain it is authorised to
 */
public record Resource(
    ResourceId id,
    long version,
    IdentificationCode code,
    CreditCode provider,
    LineageId lineageId,
    Optional<DomainId> domainId,
    Optional<CreditCode> operator,
    Bilingual title,
    Bilingual description,
    String topic,
    Openness openness,
    RecordSchema schema,
    boolean synthetic,
    Status status,
    Hand registered) {

  /** The highest level of any column, 1 to 5. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int level() {
    return schema.level();
  }

  /** The strictest class of any column. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public LegalClass legalClass() {
    return schema.legalClass();
  }

  Resource cancel() {
    requireRegistered();
    return next(domainId, operator, Status.CANCELLED);
  }

  /** Authorises it into a domain; leaving one takes its closing or the prohibited list. */
  public Resource authorise(DomainId domain, CreditCode domainOperator) {
    requireRegistered();
    return next(Optional.of(domain), Optional.of(domainOperator), status);
  }

  public Resource withdrawAuthorisation() {
    return next(Optional.empty(), Optional.empty(), status);
  }

  public void requireRegistered() {
    if (status != Status.REGISTERED) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The resource is cancelled.");
    }
  }

  public ResourceState state() {
    return new ResourceState(
        id, version, code, provider, lineageId, domainId, title, schema, synthetic, status);
  }

  private Resource next(Optional<DomainId> domainId, Optional<CreditCode> operator, Status status) {
    return new Resource(
        id,
        version + 1,
        code,
        provider,
        lineageId,
        domainId,
        operator,
        title,
        description,
        topic,
        openness,
        schema,
        synthetic,
        status,
        registered);
  }
}
