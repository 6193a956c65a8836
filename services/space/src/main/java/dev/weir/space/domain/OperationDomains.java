package dev.weir.space.domain;

import dev.weir.kernel.DomainId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.state.ParticipantState;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Halt;
import dev.weir.space.change.Change;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import dev.weir.space.participant.Participant;
import dev.weir.space.participant.PostgresParticipantStore;
import dev.weir.space.participant.SignatureCheck;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Proposes, reviews, signs, closes and shows operation domains. Thread-safe. */
public final class OperationDomains {
  private final Plane plane;
  private final PostgresDomainStore store;
  private final PostgresParticipantStore participants;
  private final SignatureCheck signatures;

  public OperationDomains(
      Plane plane,
      PostgresDomainStore store,
      PostgresParticipantStore participants,
      SignatureCheck signatures) {
    this.plane = plane;
    this.store = store;
    this.participants = participants;
    this.signatures = signatures;
  }

  /**
   * @param reason required when not approved
   */
  public record SceneReview(boolean approved, String reason) {}

  /**
   * @param signature over the agreement's bytes, base64
   */
  public record SignatureBody(String keyId, String signature) {}

  public OperationDomain propose(Request request, DomainProposal proposal) {
    return plane
        .writes()
        .asParticipant(
            request,
            OperationDomain.class,
            (handle, by) -> {
              proposal.check(by.party(), plane.rules(), by.at());
              requireBodies(handle, by, proposal);
              var id = DomainId.random();
              byte[] agreement = Documents.canonical(Agreement.of(id, by.party(), proposal));
              var domain = OperationDomain.propose(id, proposal, Json.sha256Hex(agreement), by);
              store.insert(handle, domain, agreement);
              return record(handle, by, domain, Operation.DOMAIN_PROPOSE, "proposed");
            });
  }

  /** By another account of one of the two bodies. */
  public OperationDomain review(Request request, DomainId id, SceneReview review) {
    if (!review.approved() && review.reason().isBlank()) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A rejected scene is given a reason.");
    }
    return plane
        .writes()
        .asParticipant(
            request,
            OperationDomain.class,
            (handle, by) -> {
              var domain = requireBody(store.lock(handle, id), by);
              var reviewed =
                  review.approved()
                      ? domain.approveScene(by)
                      : domain.rejectScene(review.reason(), by);
              store.update(handle, reviewed);
              return record(
                  handle,
                  by,
                  reviewed,
                  Operation.DOMAIN_SCENE_REVIEW,
                  review.approved() ? "scene-approved" : "scene-rejected");
            });
  }

  public OperationDomain sign(Request request, DomainId id, SignatureBody body) {
    return plane
        .writes()
        .asParticipant(
            request,
            OperationDomain.class,
            (handle, by) -> {
              var domain = requireBody(store.lock(handle, id), by);
              var signed =
                  domain.sign(
                      new OperationDomain.AgreementSignature(body.keyId(), body.signature(), by));
              var key = key(handle, by, body.keyId(), domain.proposal().suite());
              signatures.require(
                  key.suite(),
                  key.publicKey(),
                  store.agreement(handle, id).orElseThrow(Plane::notFound),
                  body.signature());
              store.update(handle, signed);
              return record(handle, by, signed, Operation.DOMAIN_SIGN, "signed");
            });
  }

  /** By either body, at once. */
  public OperationDomain close(Request request, DomainId id, String reason) {
    return plane
        .writes()
        .asParticipant(
            request,
            OperationDomain.class,
            (handle, by) ->
                close(handle, by, requireBody(store.lock(handle, id), by), "closed", "closed"));
  }

  public OperationDomain get(Caller caller, DomainId id) {
    return plane
        .database()
        .inTransaction(
            caller, "space.domain", handle -> store.find(handle, id).orElseThrow(Plane::notFound));
  }

  /** The bytes to sign. */
  public byte[] agreement(Caller caller, DomainId id) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.agreement",
            handle -> store.agreement(handle, id).orElseThrow(Plane::notFound));
  }

  public Page<OperationDomain> list(Caller caller, PageRequest page) {
    return Cursor.page(
        plane.database().inTransaction(caller, "space.domains", handle -> store.list(handle, page)),
        page);
  }

  /** Closes a domain, and with it every use under its contracts. */
  OperationDomain close(
      Handle handle, Hand by, OperationDomain domain, String reason, String step) {
    var closed = domain.close(by.at(), reason);
    store.update(handle, closed);
    plane.ledger().halt(handle, new Halt.Domain(domain.id()));
    return record(handle, by, closed, Operation.DOMAIN_CLOSE, step);
  }

  OperationDomain record(
      Handle handle, Hand by, OperationDomain domain, Operation operation, String step) {
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.DOMAIN,
                domain.id().toString(),
                domain.version(),
                operation,
                step,
                Map.of(
                    "agreementSha256", domain.agreementSha256(), "status", domain.status().name()),
                domain.bodies(),
                Optional.of(domain.state()),
                domain));
    return domain;
  }

  private void requireBodies(Handle handle, Hand by, DomainProposal proposal) {
    boolean operates =
        participants
            .find(handle, by.party())
            .filter(party -> party.roles().contains(Role.OPERATOR))
            .isPresent();
    boolean implementing =
        participants
            .find(handle, proposal.implementingBody())
            .filter(Participant::active)
            .isPresent();
    if (!operates || !implementing) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "Both bodies are active participants, and the proposing one is registered as operator.");
    }
  }

  /** Who may see the domain but is no body of it may not decide on it. */
  private static OperationDomain requireBody(OperationDomain domain, Hand by) {
    if (!domain.bodies().contains(by.party())) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Only the two bodies decide on a domain.");
    }
    return domain;
  }

  private ParticipantState.Key key(Handle handle, Hand by, String keyId, String suite) {
    return participants
        .find(handle, by.party())
        .flatMap(party -> party.key(keyId))
        .filter(key -> key.suite().equals(suite))
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.SIGNATURE_INVALID,
                "The signing party has no such registered key of the agreement's suite."));
  }
}
