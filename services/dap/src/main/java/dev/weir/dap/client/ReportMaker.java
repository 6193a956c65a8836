package dev.weir.dap.client;

import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
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
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePublicKey;
import dev.weir.privacy.hpke.HpkeSender;
import dev.weir.privacy.vdaf.InputShare;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.Vdaf;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes the reports of one contributor to one task: shares out, seals, signs. A report that was
 * made is sent as it is, however often; a new measurement is a new report. Thread-safe.
 */
public final class ReportMaker {
  private final Task task;
  private final int lanes;
  private final Vdaf vdaf;
  private final Seal leader;
  private final Seal helper;
  private final ContributorSigner signer;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param leader the leader's key, of the suite that every party speaks
   * @param helper the helper's
   * @throws ProblemException of type {@code VALIDATION_FAILED} when the task or a key is none that
   *     we can contribute with, or both keys are one: its holder would read every measurement
   */
  public ReportMaker(
      Task task,
      HpkeConfig leader,
      HpkeConfig helper,
      ContributorSigner signer,
      InstantSource clock,
      SecureRandom random) {
    if (leader.publicKey().equals(helper.publicKey())) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "Leader and helper offer one key: its holder would read every measurement.");
    }
    this.task = task;
    this.lanes = WireReader.whole(task.configuration().info(), TaskInfo::read).lanes();
    this.vdaf = TaskVdaf.of(task);
    this.leader = Seal.of(leader, DapRole.LEADER);
    this.helper = Seal.of(helper, DapRole.HELPER);
    this.signer = signer;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A report of now. In a task without robustness ({@code VdafConfiguration.UnverifiedSumVec}) the
   * range of a measurement is checked here and nowhere else.
   *
   * @throws IllegalArgumentException when the measurement is not one of the task
   */
  public Report make(Measurement measurement) {
    long time =
        Long.divideUnsigned(
            clock.instant().getEpochSecond(), task.configuration().timePrecisionSeconds());
    return make(measurement, time);
  }

  /**
   * @param time in the task's units
   */
  public Report make(Measurement measurement, long time) {
    return make(measurement, Lane.draw(task.id(), signer.party(), lanes, random), time);
  }

  /**
   * The same measurement, sealed to the keys of today: for a report that was refused because it was
   * sealed to a key that is gone. It has the id and the time of the earlier report, so that it
   * counts once even where that was taken after all.
   */
  public Report again(Measurement measurement, ReportMetadata earlier) {
    return make(measurement, earlier.id(), earlier.time());
  }

  private Report make(Measurement measurement, ReportId id, long time) {
    var shares = vdaf.shard(measurement, Nonce.of(id.bytes().toArray()), random);
    var publicShare = Bytes.owning(shares.publicShare().revealBytes());
    var helperShare = Bytes.owning(shares.inputShares().getLast().revealBytes()).sha256();
    var statement = ContributorProof.statement(task.id(), id, time, publicShare, helperShare);
    var proof = new ContributorProof(signer.id(), helperShare, signer.sign(statement));
    var metadata = new ReportMetadata(id, time, List.of(proof.extension()));
    var aad = new InputShareAad(task, metadata, publicShare).encoded();
    return new Report(
        metadata,
        publicShare,
        leader.seal(shares.inputShares().getFirst(), aad, random),
        helper.seal(shares.inputShares().getLast(), aad, random));
  }

  private record Seal(int configId, HpkeSender sender) {
    static Seal of(HpkeConfig config, DapRole receiver) {
      if (!config.isUsable()) {
        throw new ProblemException(
            ProblemType.VALIDATION_FAILED, "The aggregator offers no key that we can seal to.");
      }
      return new Seal(
          config.id(),
          new HpkeSender(
              HpkePublicKey.of(config.publicKey().toArray()),
              Aead.AES_128_GCM,
              DapEdition.inputShareInfo(receiver).toArray()));
    }

    HpkeCiphertext seal(InputShare share, Bytes aad, SecureRandom random) {
      var plaintext =
          new PlaintextInputShare(List.of(), Bytes.owning(share.revealBytes())).encoded();
      var sealed = sender.seal(aad.toArray(), plaintext.toArray(), random);
      return new HpkeCiphertext(
          configId, Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
    }
  }
}
