package dev.weir.cli.demo;

import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePublicKey;
import dev.weir.privacy.hpke.HpkeSender;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import java.security.SecureRandom;
import java.util.List;

/**
 * A registered clinic that wants one of its patients counted many times: it signs and seals as it
 * should, but adds to a share after proving the honest one. Confined to the demo.
 */
final class CheatingClinic {
  private static final int EXTRA = 99;
  private static final int BYTE = 0xff;

  private final Task task;
  private final HpkeConfig leader;
  private final HpkeConfig helper;
  private final ContributorSigner signer;
  private final SecureRandom random;

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
   * @param cheated whose share is changed
   */
  Report make(int bucket, long time, DapRole cheated) {
    int lanes = WireReader.whole(task.configuration().info(), TaskInfo::read).lanes();
    var id = Lane.draw(task.id(), signer.party(), lanes, random);
    var shares =
        TaskVdaf.of(task).shard(Measurement.bucket(bucket), Nonce.of(id.bytes().toArray()), random);
    var publicShare = Bytes.owning(shares.publicShare().revealBytes());
    byte[] ofLeader = shares.inputShares().getFirst().revealBytes();
    byte[] ofHelper = shares.inputShares().getLast().revealBytes();
    add(cheated == DapRole.LEADER ? ofLeader : ofHelper);
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
