package dev.weir.cli.demo;

import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.privacy.field.Field128;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePublicKey;
import dev.weir.privacy.hpke.HpkeSender;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.xof.XofTurboShake128;
import java.security.SecureRandom;
import java.util.List;

/**
 * A registered clinic that wants one of its patients counted many times, in a histogram: it signs
 * and seals as it should, but adds to a share after proving the honest one. Confined to the demo.
 */
final class CheatingClinic {
  private static final int EXTRA = 99;
  private static final int BYTE = 0xff;
  private static final int EDITION = 18; // of VDAF, on the wire
  private static final int HISTOGRAM = 4; // the algorithm's id
  private static final int JOINT_RAND_PART = 7; // the XOF's use
  private static final byte LEADER = 0;

  private final Task task;
  private final HpkeConfig leader;
  private final HpkeConfig helper;
  private final ContributorSigner signer;
  private final SecureRandom random;

  /** What a lie leaves behind for the aggregators to find. */
  enum Lie {
    /** The leader's share is not the one that the joint randomness was drawn from. */
    LEADERS_SHARE("split-randomness"),
    /** The same at the helper. */
    HELPERS_SHARE("split-randomness"),
    /**
     * Joint randomness is that of the false shares, so that nothing but the proof can tell: a
     * hundred in a bucket is no measurement, and the proof is made up.
     */
    MADE_UP_PROOF("not-verified");

    private final String reason;

    Lie(String reason) {
      this.reason = reason;
    }

    /** Under which whoever finds it refuses the report. */
    String reason() {
      return reason;
    }
  }

  CheatingClinic(
      Task task,
      HpkeConfig leader,
      HpkeConfig helper,
      ContributorSigner signer,
      SecureRandom random) {
    this.task = task;
    this.leader = leader;
    this.helper = helper;
    this.signer = signer;
    this.random = random;
  }

  /**
   * @param time in the task's units
   */
  Report make(int bucket, long time, Lie lie) {
    int lanes = WireReader.whole(task.configuration().info(), TaskInfo::read).lanes();
    var id = Lane.draw(task.id(), signer.party(), lanes, random);
    var shares =
        TaskVdaf.of(task).shard(Measurement.bucket(bucket), Nonce.of(id.bytes().toArray()), random);
    byte[] parts = shares.publicShare().revealBytes();
    byte[] ofLeader = shares.inputShares().getFirst().revealBytes();
    byte[] ofHelper = shares.inputShares().getLast().revealBytes();
    switch (lie) {
      case LEADERS_SHARE -> add(ofLeader);
      case HELPERS_SHARE -> add(ofHelper);
      case MADE_UP_PROOF -> {
        add(ofLeader);
        byte[] part = leadersPart(id, ofLeader);
        System.arraycopy(part, 0, parts, 0, part.length);
      }
    }
    var publicShare = Bytes.owning(parts);
    var signed = Bytes.copyOf(ofHelper).sha256();
    var statement = ContributorProof.statement(task.id(), id, time, publicShare, signed);
    var proof = new ContributorProof(signer.id(), signed, signer.sign(statement));
    var metadata = new ReportMetadata(id, time, List.of(proof.extension()));
    byte[] aad = new InputShareAad(task, metadata, publicShare).encoded().toArray();
    return new Report(
        metadata,
        publicShare,
        seal(leader, DapRole.LEADER, aad, ofLeader),
        seal(helper, DapRole.HELPER, aad, ofHelper));
  }

  /** What the leader will derive of its share, as the draft's joint_rand_part. */
  private byte[] leadersPart(ReportId id, byte[] ofLeader) {
    int seed = XofTurboShake128.SEED_BYTES;
    Bytes tag =
        new WireWriter()
            .u8(EDITION)
            .u8(0)
            .u32(HISTOGRAM)
            .u16(JOINT_RAND_PART)
            .raw(DapEdition.vdafContext(task.id()))
            .toBytes();
    return new XofTurboShake128(ofLeader, ofLeader.length - seed, seed, tag.toArray())
        .bind(LEADER)
        .bind(id.bytes().toArray())
        .bind(ofLeader, 0, measurementBytes())
        .nextSeed();
  }

  private int measurementBytes() {
    var histogram = (VdafConfiguration.Histogram) task.configuration().vdaf();
    return Math.toIntExact(histogram.length()) * Field128.INSTANCE.encodedBytes();
  }

  /** Little-endian, into the first element: the first bucket would count a hundred. */
  private static void add(byte[] share) {
    int carry = EXTRA;
    for (int i = 0; carry > 0 && i < share.length; i++) {
      int sum = (share[i] & BYTE) + carry;
      share[i] = (byte) sum;
      carry = sum >>> Byte.SIZE;
    }
  }

  private HpkeCiphertext seal(HpkeConfig to, DapRole receiver, byte[] aad, byte[] share) {
    var plaintext = new PlaintextInputShare(List.of(), Bytes.owning(share)).encoded();
    var sealed =
        new HpkeSender(
                HpkePublicKey.of(to.publicKey().toArray()),
                Aead.AES_128_GCM,
                DapEdition.inputShareInfo(receiver).toArray())
            .seal(aad, plaintext.toArray(), random);
    return new HpkeCiphertext(
        to.id(), Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
  }
}
