package dev.weir.audit.read;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Leaves in their order, for the auditor. */
@Path("/v1/log/entries")
public final class EntriesResource {
  private final EntryStore store;

  public EntriesResource(EntryStore store) {
    this.store = store;
  }

  /**
   * @param from first index wanted; a cursor goes on from where the page before ended
   */
  @GET
  @Requires(Operation.LOG_READ)
  public Page<Entry> entries(
      @Auth Caller caller,
      @QueryParam("from") @DefaultValue("0") String from,
      @BeanParam PageRequest page) {
    if (!caller.has(Role.AUDITOR)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Entries are for the auditor.");
    }
    long first = page.after().isEmpty() ? index(from) : index(page.after()) + 1;
    List<Entry> found = store.from(caller, first, page.fetch());
    return Page.of(found, page, entry -> Long.toString(entry.index()));
  }

  private static long index(String text) {
    try {
      long index = Long.parseLong(text);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static ProblemException invalid() {
    return new ProblemException(ProblemType.INVALID_REQUEST, "An index is a number from 0.");
  }
}
