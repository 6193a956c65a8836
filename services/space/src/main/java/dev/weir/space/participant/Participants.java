package dev.weir.space.participant;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.ledger.Halt;
import dev.weir.space.change.Change;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Registers, suspends and shows participants. Thread-safe. */
public final class Participants {
  private final Plane plane;
  private final PostgresParticipantStore store;

  public Participants(Plane plane, PostgresParticipantStore store) {
    this.plane = plane;
    this.store = store;
  }

  /** What an administrator registers. */
  public record Registration(CreditCode creditCode, Bilingual name, Set<Role> roles) {}

  public Participant register(Request request, Registration registration) {
    var participant =
        Participant.register(registration.creditCode(), registration.name(), registration.roles());
    return plane
        .writes()
        .run(
            request,
            Participant.class,
            (handle, by) -> {
              if (!store.insert(handle, participant)) {
                throw new ProblemException(
                    ProblemType.CONFLICT, "A participant with this credit code is registered.");
              }
              return record(
                  handle, by, participant, Operation.PARTICIPANT_REGISTER, "registered", Map.of());
            });
  }

  /** Ends every use under contracts that it is a party of, or whose domain it operates. */
  public Participant suspend(Request request, CreditCode code) {
    return plane
        .writes()
        .run(
            request,
            Participant.class,
            (handle, by) -> {
              var suspended = store.lock(handle, code).suspend();
              store.update(handle, suspended);
              plane.ledger().halt(handle, new Halt.Participant(code));
              return record(
                  handle, by, suspended, Operation.PARTICIPANT_SUSPEND, "suspended", Map.of());
            });
  }

  public Participant get(Caller caller, CreditCode code) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.participant",
            handle -> store.find(handle, code).orElseThrow(Plane::notFound));
  }

  public Page<Participant> list(Caller caller, PageRequest page) {
    return Cursor.page(
        plane
            .database()
            .inTransaction(caller, "space.participants", handle -> store.list(handle, page)),
        page);
  }

  Participant record(
      Handle handle,
      Hand by,
      Participant participant,
      Operation operation,
      String step,
      Map<String, String> figures) {
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.PARTICIPANT,
                participant.creditCode().value(),
                participant.version(),
                operation,
                step,
                figures,
                List.of(participant.creditCode(), by.party()),
                Optional.of(participant.state()),
                participant));
    return participant;
  }
}
