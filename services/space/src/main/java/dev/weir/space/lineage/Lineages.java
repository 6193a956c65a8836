package dev.weir.space.lineage;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.ledger.CapRaise;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.LineageView;
import dev.weir.space.change.Change;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Proposes, approves and shows caps. Thread-safe. */
public final class Lineages {
  private final Plane plane;
  private final PostgresLineageStore store;
  private final Ledger ledger;

  public Lineages(Plane plane, PostgresLineageStore store, Ledger ledger) {
    this.plane = plane;
    this.store = store;
    this.ledger = ledger;
  }

  /** The cap wanted, and why. */
  public record CapDraft(long capNanoRho, long capPicoDelta, String reason) {}

  /**
   * A lineage with what the ledger knows of it.
   *
   * @param budget for the provider and the auditor, once the first cap is approved
   */
  public record LineageStatus(Lineage lineage, Optional<LineageView> budget) {}

  public Lineage propose(Request request, LineageId id, CapDraft draft) {
    var floors = plane.rules().floors();
    boolean inRange =
        draft.capNanoRho() > 0
            && draft.capNanoRho() <= floors.maxLineageNanoRho()
            && draft.capPicoDelta() >= 0
            && draft.capPicoDelta() <= floors.maxLineagePicoDelta()
            && !draft.reason().isBlank()
            && draft.reason().length() <= 2000;
    if (!inRange) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A cap is above zero, within the bundle's limits, and comes with a reason.",
          Map.of(
              "maxNanoRho", floors.maxLineageNanoRho(),
              "maxPicoDelta", floors.maxLineagePicoDelta()));
    }
    return plane
        .writes()
        .asParticipant(
            request,
            Lineage.class,
            (handle, by) -> {
              var lineage = store.lock(handle, id).orElseThrow(Plane::notFound);
              requireOwner(lineage, by);
              var proposal =
                  new Lineage.CapProposal(
                      UUID.randomUUID(),
                      draft.capNanoRho(),
                      draft.capPicoDelta(),
                      draft.reason(),
                      by);
              var next = lineage.propose(proposal);
              store.update(handle, next);
              return record(handle, by, next, Operation.LINEAGE_CAP_PROPOSE, proposal);
            });
  }

  /** Another person of the provider or of an operating body of its domain approves. */
  public Lineage approve(Request request, LineageId id, UUID proposalId) {
    return plane
        .writes()
        .asParticipant(
            request,
            Lineage.class,
            (handle, by) -> {
              var lineage = store.lock(handle, id).orElseThrow(Plane::notFound);
              var proposal = lineage.approvable(proposalId, by);
              apply(handle, lineage, proposal, by);
              var next = lineage.approve(proposal);
              store.update(handle, next);
              return record(handle, by, next, Operation.LINEAGE_CAP_APPROVE, proposal);
            });
  }

  public LineageStatus get(Caller caller, LineageId id) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.lineage",
            handle -> {
              var lineage = store.find(handle, id).orElseThrow(Plane::notFound);
              return new LineageStatus(
                  lineage,
                  seesBudget(caller, lineage)
                      ? Optional.of(ledger.lineage(handle, id))
                      : Optional.empty());
            });
  }

  private static boolean seesBudget(Caller caller, Lineage lineage) {
    return lineage.capNanoRho() > 0
        && (caller.party().equals(lineage.owner()) || caller.has(Role.AUDITOR));
  }

  private void apply(Handle handle, Lineage lineage, Lineage.CapProposal proposal, Hand by) {
    if (lineage.capNanoRho() == 0) {
      ledger.openLineage(
          handle, lineage.id(), lineage.owner(), proposal.capNanoRho(), proposal.capPicoDelta());
      return;
    }
    ledger.raiseCap(
        handle,
        lineage.id(),
        new CapRaise(
            lineage.capNanoRho(),
            proposal.capNanoRho(),
            lineage.capPicoDelta(),
            proposal.capPicoDelta(),
            proposal.by().subject(),
            by.subject()));
  }

  private Lineage record(
      Handle handle, Hand by, Lineage lineage, Operation operation, Lineage.CapProposal proposal) {
    boolean approved = operation == Operation.LINEAGE_CAP_APPROVE;
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.LINEAGE,
                lineage.id().toString(),
                lineage.version(),
                operation,
                approved ? "cap-approved" : "cap-proposed",
                approved ? approvedFigures(proposal) : proposedFigures(proposal),
                readers(lineage.owner(), by),
                Optional.empty(),
                lineage));
    return lineage;
  }

  private static List<CreditCode> readers(CreditCode owner, Hand by) {
    return List.of(owner, by.party());
  }

  /** An offline verifier takes the cap from these and from no proposal. */
  private static Map<String, String> approvedFigures(Lineage.CapProposal proposal) {
    return Map.of(
        "capNanoRho", Long.toString(proposal.capNanoRho()),
        "capPicoDelta", Long.toString(proposal.capPicoDelta()),
        "proposal", proposal.id().toString(),
        "proposedBy", proposal.by().subject());
  }

  private static Map<String, String> proposedFigures(Lineage.CapProposal proposal) {
    return Map.of(
        "proposedNanoRho", Long.toString(proposal.capNanoRho()),
        "proposedPicoDelta", Long.toString(proposal.capPicoDelta()),
        "proposal", proposal.id().toString());
  }

  private static void requireOwner(Lineage lineage, Hand by) {
    if (!lineage.owner().equals(by.party())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only the lineage's provider proposes its cap.");
    }
  }
}
