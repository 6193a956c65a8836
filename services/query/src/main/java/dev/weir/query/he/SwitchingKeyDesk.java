package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.lookup.SwitchingKeys;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Takes keys for expanding queries, once; questions name them by digest. What all keys of one party
 * may take is capped: the longest idle ones make room, keys in use do not. Only bytes past the gate
 * are kept. Thread-safe.
 */
public final class SwitchingKeyDesk {
  /** Packed; eight sets for the largest tables, or some twenty for ordinary ones. */
  static final long MAX_PARTY_BYTES = 8L << 20;

  /** Keys that were used within this are in use: as long as a ticket lives. */
  static final Duration IN_USE = Duration.ofMinutes(10);

  private final Database database;
  private final SwitchingKeyStore keys;
  private final InstantSource clock;

  SwitchingKeyDesk(Database database, SwitchingKeyStore keys, InstantSource clock) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Keys as their owner sees them.
   *
   * @param sha256 what questions name
   */
  record KeysView(String sha256, int bytes) {}

  /**
   * @throws ProblemException of type {@link ProblemType#QUOTA_EXHAUSTED} when the party's keys in
   *     use leave no room
   */
  KeysView upload(Caller caller, byte[] packed) {
    if (!SwitchingKeys.areKeys(packed)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "These are no packed switching keys of a set whose queries are expanded.");
    }
    String sha256 = SwitchingKeys.sha256(packed);
    var now = clock.instant();
    return database.asService(
        "he.keys",
        handle -> {
          long held = keys.bytes(handle, caller.party());
          if (keys.use(handle, caller.party(), sha256, now).isPresent()) {
            return new KeysView(sha256, packed.length);
          }
          while (held + packed.length > MAX_PARTY_BYTES
              && keys.dropIdle(handle, caller.party(), now.minus(IN_USE), now)) {
            held = keys.bytes(handle, caller.party());
          }
          if (held + packed.length > MAX_PARTY_BYTES) {
            throw new ProblemException(
                ProblemType.QUOTA_EXHAUSTED,
                "The party's switching keys in use leave no room for more; use those, or wait until they are idle.",
                Map.of("maxKeyBytes", MAX_PARTY_BYTES, "keyBytes", held));
          }
          keys.add(handle, caller.party(), sha256, packed, now);
          return new KeysView(sha256, packed.length);
        });
  }

  /** Whether the caller's party has such keys here; looking counts as using. */
  KeysView find(Caller caller, String sha256) {
    return database
        .asService("he.keys", handle -> keys.use(handle, caller.party(), sha256, clock.instant()))
        .map(bytes -> new KeysView(sha256, bytes))
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.NOT_FOUND, "There are no such keys, or they are not yours to see."));
  }
}
