package dev.weir.aggregation.stream;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeSender;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A contributor that holds a true key and departs from the protocol in one place. */
final class Forger {
  private final RehearsalTask task;
  private ContributorSigner signer;
  private ReportId id;
  private long time;
  private Optional<ContributorProof> proof = Optional.empty();
  private UnaryOperator<byte[]> publicShare = UnaryOperator.identity();
  private UnaryOperator<byte[]> leaderShare = UnaryOperator.identity();
  private UnaryOperator<byte[]> helperShare = UnaryOperator.identity();
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();
  private final List<Extension> extensions = new ArrayList<>();
  private final Map<DapRole, List<Extension>> privately = new EnumMap<>(DapRole.class);

  Forger(RehearsalTask task, long time) {
    this.task = task;
    this.signer = task.signers.getFirst();
    this.id = ReportId.random(task.random);
    this.time = time;
  }

  Forger by(ContributorSigner other) {
    signer = other;
    return this;
  }

  Forger id(ReportId wanted) {
    id = wanted;
    return this;
  }

  Forger time(long wanted) {
    time = wanted;
    return this;
  }

  Forger publicShare(UnaryOperator<byte[]> change) {
    publicShare = change;
    return this;
  }

  Forger leaderShare(UnaryOperator<byte[]> change) {
    leaderShare = change;
    return this;
  }

  Forger helperShare(UnaryOperator<byte[]> change) {
    helperShare = change;
    return this;
  }

  Forger signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  /** Another report's, as its contributor signed it. */
  Forger proofOf(Report report) {
    var data = report.metadata().publicExtensions().getFirst().data();
    proof = Optional.of(WireReader.whole(data, ContributorProof::read));
    id = report.metadata().id();
    time = report.metadata().time();
    return this;
  }

  Forger extension(int type) {
    extensions.add(new Extension(type, Bytes.EMPTY));
    return this;
  }

  /** Where only one aggregator sees it. */
  Forger privateExtension(DapRole receiver, int type) {
    privately.put(receiver, List.of(new Extension(type, Bytes.EMPTY)));
    return this;
  }

  Report make(Measurement measurement) {
    var shares = task.task.vdaf().shard(measurement, Nonce.of(id.bytes().toArray()), task.random);
    var shown = Bytes.owning(publicShare.apply(shares.publicShare().revealBytes()));
    byte[] ofHelper = helperShare.apply(shares.inputShares().getLast().revealBytes());
    extensions.add(proof.orElseGet(() -> proof(shown, ofHelper)).extension());
    var metadata = new ReportMetadata(id, time, extensions);
    byte[] aad = new InputShareAad(task.task.task(), metadata, shown).encoded().toArray();
    return new Report(
        metadata,
        shown,
        seal(
            1,
            DapRole.LEADER,
            task.leaderKey,
            aad,
            leaderShare.apply(shares.inputShares().getFirst().revealBytes())),
        seal(2, DapRole.HELPER, task.helperKey, aad, ofHelper));
  }

  private ContributorProof proof(Bytes shown, byte[] ofHelper) {
    var digest = Bytes.copyOf(ofHelper).sha256();
    var statement = ContributorProof.statement(task.task.id(), id, time, shown, digest);
    var signed = Bytes.owning(signature.apply(signer.sign(statement).toArray()));
    return new ContributorProof(signer.id(), digest, signed);
  }

  private HpkeCiphertext seal(
      int config, DapRole receiver, HpkePrivateKey key, byte[] aad, byte[] share) {
    var own = privately.getOrDefault(receiver, List.of());
    var plaintext = new PlaintextInputShare(own, Bytes.owning(share)).encoded();
    var sealed =
        new HpkeSender(
                key.publicKey(), Aead.AES_128_GCM, DapEdition.inputShareInfo(receiver).toArray())
            .seal(aad, plaintext.toArray(), task.random);
    return new HpkeCiphertext(
        config, Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
  }

  /** Changes one bit. */
  static UnaryOperator<byte[]> flip(int at) {
    return bytes -> {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      return changed;
    };
  }
}
