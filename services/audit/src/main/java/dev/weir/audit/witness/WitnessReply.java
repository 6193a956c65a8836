package dev.weir.audit.witness;

import dev.weir.privacy.merkle.NoteSignature;

/** What a witness says to a checkpoint, with the status that C2SP tlog-witness gives it. */
public sealed interface WitnessReply {
  /** 200: seen, kept, cosigned. */
  record Cosigned(NoteSignature signature) implements WitnessReply {}

  /** 409: the witness has last seen another size than the request starts from. */
  record Conflict(long lastSize) implements WitnessReply {}

  /** 422: the proof does not show that the log only grew. */
  record Inconsistent() implements WitnessReply {}

  /** 400: malformed, or the old size is beyond the new one. */
  record Malformed() implements WitnessReply {}

  /** 403: not signed by the log's key. */
  record Unsigned() implements WitnessReply {}

  /** 404: another log. */
  record UnknownLog() implements WitnessReply {}
}
