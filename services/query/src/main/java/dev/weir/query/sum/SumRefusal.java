package dev.weir.query.sum;

import java.util.Locale;

/** Why an adder leaves an input out, or the custodian does not open a sum. */
public enum SumRefusal {
  MALFORMED,
  UNKNOWN_TASK,
  UNKNOWN_PARTY,
  BAD_SIGNATURE,
  WRONG_BATCH,
  WRONG_PARTITION,
  WINDOW_CLOSED,
  SIGNED_TWICE,
  SAME_CIPHERTEXT,
  WRONG_DIGEST,
  BAD_CIPHERTEXT,
  TOO_MANY_INPUTS,
  TOO_MANY_SUMS,
  TOO_FEW_PRODUCERS,
  ADDERS_DISAGREE,
  REPLAYED,
  POLICY,
  BUDGET,
  FAILED;

  /** As evidence and answers name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
