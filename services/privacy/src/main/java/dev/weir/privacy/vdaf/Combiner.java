package dev.weir.privacy.vdaf;

import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.util.List;

/** What all verifier shares of a report amount to. Immutable and thread-safe. */
record Combiner(Scheme scheme) {

  /**
   * @param shares one per aggregator, in their order
   * @throws RejectedReportException when a share is malformed or the proof does not hold
   */
  VerifierMessage combine(List<VerifierShare> shares) throws RejectedReportException {
    if (shares.size() != scheme.shares()) {
      throw new IllegalArgumentException("one verifier share per aggregator");
    }
    var field = scheme.field();
    int length = scheme.verifiersLength();
    int encoded = length * field.encodedBytes();
    var sum = field.zeros(length);
    var read = field.zeros(length);
    var parts = new byte[scheme.publicShareBytes()];
    for (int i = 0; i < shares.size(); i++) {
      var share = shares.get(i).raw();
      if (share.length != scheme.verifierShareBytes() || !field.decode(share, 0, read, 0, length)) {
        throw new RejectedReportException(Reason.MALFORMED_VERIFIER_SHARE);
      }
      field.addEach(sum, 0, read, 0, length);
      int seed = share.length - encoded;
      System.arraycopy(share, encoded, parts, i * seed, seed);
    }
    if (!allHold(sum)) {
      throw new RejectedReportException(Reason.PROOF_INVALID);
    }
    return VerifierMessage.own(scheme.joint() ? scheme.derive().jointRandSeed(parts) : new byte[0]);
  }

  private boolean allHold(long[] sum) {
    boolean holds = true;
    for (int proof = 0; proof < scheme.proofs(); proof++) {
      holds &= scheme.flp().decide(sum, proof * scheme.flp().verifierLength());
    }
    return holds;
  }
}
