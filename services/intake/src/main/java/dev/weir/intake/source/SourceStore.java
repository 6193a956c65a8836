package dev.weir.intake.source;

import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.Reading;
import dev.weir.kernel.SourceId;
import dev.weir.runtime.http.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Sources as rows; who sees which is the transaction's matter. Thread-safe. */
public interface SourceStore {

  /** Adds the source, or answers with the one that the same provider made with the same key. */
  Source add(Handle handle, Source source, String requestKey);

  Optional<Source> find(Handle handle, SourceId id);

  /** Newest first. */
  List<Source> list(Handle handle, PageRequest page);

  /** Key of the page after this source. */
  String cursor(Handle handle, Source source);

  /**
   * Starts profiling unless it runs already.
   *
   * @return false when it runs already
   */
  boolean beginProfile(Handle handle, SourceId id, Reading reading);

  void endProfile(Handle handle, SourceId id, SourceProfile profile, String profileSha256);

  void endUnreadable(Handle handle, SourceId id, String fault);

  /** Every source there is. */
  Set<SourceId> ids(Handle handle);

  /** Profiles that a stopped service left unfinished. */
  List<Source> unfinished(Handle handle);
}
