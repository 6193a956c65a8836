package dev.weir.query.he;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tickets with their questions and replies. Works inside the caller's transaction. Thread-safe. */
interface HeTicketStore {

  void add(Handle handle, HeTicket ticket, String purpose);

  /**
   * A ticket that nobody got, as a use that its provider sees.
   *
   * @param decision as evidence names it
   */
  void refuse(Handle handle, HeTicket ticket, String purpose, String decision);

  /** What the transaction's caller may see. */
  Optional<HeTicket> find(Handle handle, UUID id);

  /** Bytes of a party's questions and replies; until the end nobody else asks for the party. */
  long storedBytes(Handle handle, CreditCode party);

  /** Questions that a party asked under a name of its key, or with those switching keys. */
  long asked(Handle handle, CreditCode party, String keyId, Optional<String> switchingKeys);

  /**
   * Takes the only question of an open ticket.
   *
   * @param switchingKeys digest of the keys that it names
   * @return false when there was one before
   */
  boolean ask(
      Handle handle,
      UUID id,
      String keyId,
      String sha256,
      byte[] question,
      Optional<String> switchingKeys,
      Instant at);

  /**
   * Begins the evaluation of a question that waits.
   *
   * @return false when it does not wait
   */
  boolean begin(Handle handle, UUID id);

  /** As it was sent; empty once it was erased. */
  Optional<byte[]> question(Handle handle, UUID id);

  String questionSha256(Handle handle, UUID id);

  /** Digest of the switching keys that a lookup named. */
  Optional<String> switchingKeys(Handle handle, UUID id);

  /**
   * Ends a running evaluation.
   *
   * @return false when it was ended by somebody else
   */
  boolean done(
      Handle handle,
      UUID id,
      byte[] reply,
      String resultSha256,
      LeafId release,
      long fen,
      Instant at);

  /**
   * Ends a question without an answer.
   *
   * @return false when it has ended before
   */
  boolean fail(Handle handle, UUID id, String problem, LeafId leaf, Instant at);

  /** When the question ended; empty until then. */
  Optional<Instant> endedAt(Handle handle, UUID id);

  /** The packed reply of a question that is done; empty once it was erased. */
  Optional<byte[]> reply(Handle handle, UUID id);
}
