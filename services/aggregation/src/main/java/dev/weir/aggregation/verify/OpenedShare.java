package dev.weir.aggregation.verify;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.util.Optional;

/** What became of a sealed input share. */
sealed interface OpenedShare {
  record Open(Bytes inputShare) implements OpenedShare {}

  record Refused(Reason reason) implements OpenedShare {}

  static OpenedShare of(
      ShareOpener opener,
      AggregationTask task,
      ReportMetadata metadata,
      Bytes publicShare,
      HpkeCiphertext sealed) {
    var aad = new InputShareAad(task.task(), metadata, publicShare).encoded();
    return opener
        .open(sealed, aad)
        .map(OpenedShare::read)
        .orElseGet(() -> new Refused(Reason.NOT_OPENED));
  }

  private static OpenedShare read(Bytes plaintext) {
    Optional<PlaintextInputShare> share = decode(plaintext);
    if (share.isEmpty()) {
      return new Refused(Reason.MALFORMED_SHARE);
    }
    return share.get().privateExtensions().isEmpty()
        ? new Open(share.get().payload())
        : new Refused(Reason.EXTENSION_REFUSED);
  }

  private static Optional<PlaintextInputShare> decode(Bytes plaintext) {
    try {
      return Optional.of(WireReader.whole(plaintext, PlaintextInputShare::read));
    } catch (ProblemException malformed) {
      return Optional.empty();
    }
  }
}
