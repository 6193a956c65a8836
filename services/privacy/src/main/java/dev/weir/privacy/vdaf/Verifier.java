package dev.weir.privacy.vdaf;

import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.security.MessageDigest;
import java.util.Arrays;

/** One aggregator's first look at one report. Confined to one thread and used once. */
final class Verifier {
  private static final int SEED = Scheme.SEED;

  private final Scheme scheme;
  private final int aggregator;
  private final byte[] nonce;
  private final byte[] input;
  private final long[] measurement;
  private final long[] proofs;

  /**
   * @throws RejectedReportException when the share has a wrong length or an element that is not
   *     canonical
   */
  Verifier(Scheme scheme, int aggregator, byte[] nonce, byte[] input)
      throws RejectedReportException {
    this.scheme = scheme;
    this.aggregator = aggregator;
    this.nonce = nonce;
    this.input = input;
    int length = scheme.circuit().measurementLength();
    int proofsLength = scheme.proofsLength();
    require(
        input.length == (aggregator == 0 ? scheme.leaderShareBytes() : scheme.helperShareBytes()),
        Reason.MALFORMED_INPUT_SHARE);
    if (aggregator == 0) {
      var field = scheme.field();
      this.measurement = field.zeros(length);
      this.proofs = field.zeros(proofsLength);
      boolean measured = field.decode(input, 0, measurement, 0, length);
      boolean proven = field.decode(input, scheme.measurementBytes(), proofs, 0, proofsLength);
      require(measured && proven, Reason.MALFORMED_INPUT_SHARE);
    } else {
      this.measurement = scheme.derive().measurementShare(input, 0, aggregator, length);
      this.proofs = scheme.derive().proofsShare(input, 0, aggregator, proofsLength);
    }
  }

  Verification verify(byte[] verifyKey, byte[] publicShare) throws RejectedReportException {
    require(publicShare.length == scheme.publicShareBytes(), Reason.MALFORMED_PUBLIC_SHARE);
    var ownPart = new byte[0];
    var seed = new byte[0];
    var joint = new long[0];
    boolean matches = true;
    if (scheme.joint()) {
      ownPart = part();
      int at = aggregator * SEED;
      matches = MessageDigest.isEqual(ownPart, Arrays.copyOfRange(publicShare, at, at + SEED));
      var parts = publicShare.clone();
      System.arraycopy(ownPart, 0, parts, at, SEED);
      seed = scheme.derive().jointRandSeed(parts);
      joint = scheme.jointRandomness(seed);
    }
    var share = Arrays.copyOf(query(verifyKey, joint), scheme.verifierShareBytes());
    System.arraycopy(ownPart, 0, share, share.length - ownPart.length, ownPart.length);
    return new Verification(VerifierShare.own(share), VerifierMessage.own(seed), output(), matches);
  }

  private byte[] part() {
    int length = scheme.measurementBytes();
    var share = input;
    if (aggregator != 0) {
      share = new byte[length];
      scheme.field().encode(measurement, 0, scheme.circuit().measurementLength(), share, 0);
    }
    int blindAt = input.length - SEED;
    return scheme.derive().jointRandPart(input, blindAt, aggregator, nonce, share, 0, length);
  }

  /** The encoded verifiers of all proofs. */
  private byte[] query(byte[] verifyKey, long[] joint) throws RejectedReportException {
    var field = scheme.field();
    var flp = scheme.flp();
    int perProof = flp.queryRandLength();
    var random = scheme.derive().queryRandomness(verifyKey, nonce, perProof * scheme.proofs());
    var verifiers = field.zeros(scheme.verifiersLength());
    for (int proof = 0; proof < scheme.proofs(); proof++) {
      boolean safe =
          flp.query(
              measurement,
              proofs,
              proof * flp.proofLength(),
              random,
              proof * perProof,
              scheme.piece(joint, proof),
              verifiers,
              proof * flp.verifierLength());
      require(safe, Reason.QUERY_POINT_IS_A_NODE);
    }
    var encoded = new byte[scheme.verifiersLength() * field.encodedBytes()];
    field.encode(verifiers, 0, scheme.verifiersLength(), encoded, 0);
    return encoded;
  }

  private OutputShare output() {
    var out = scheme.field().zeros(scheme.circuit().outputLength());
    scheme.circuit().truncate(measurement, out);
    var bytes = new byte[scheme.outputBytes()];
    scheme.field().encode(out, 0, scheme.circuit().outputLength(), bytes, 0);
    return OutputShare.own(bytes);
  }

  private static void require(boolean holds, Reason otherwise) throws RejectedReportException {
    if (!holds) {
      throw new RejectedReportException(otherwise);
    }
  }
}
