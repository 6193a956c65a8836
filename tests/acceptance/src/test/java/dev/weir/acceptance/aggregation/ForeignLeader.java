package dev.weir.acceptance.aggregation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareAad;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkeOpenException;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkePublicKey;
import dev.weir.privacy.hpke.HpkeRecipient;
import dev.weir.privacy.hpke.HpkeSender;
import dev.weir.privacy.vdaf.Aggregation;
import dev.weir.privacy.vdaf.InputShare;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.PingPongOutcome;
import dev.weir.privacy.vdaf.PublicShare;
import dev.weir.privacy.vdaf.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A leader that is not ours: it speaks HTTP and keeps its own sum. Confined to one test. */
final class ForeignLeader {
  private final AggregationTask task;
  private final HpkeRecipient recipient;
  private final URI helper;
  private final String token;
  private final Aggregation sum;
  private final Map<ReportId, Verification> states = new HashMap<>();
  private Bytes checksum = Bytes.owning(new byte[32]);
  private long counted;

  /**
   * @param helper base address
   * @param token of the leader's operator
   */
  ForeignLeader(AggregationTask task, HpkePrivateKey key, URI helper, String token) {
    this.task = task;
    this.recipient =
        new HpkeRecipient(
            key, Aead.AES_128_GCM, DapEdition.inputShareInfo(DapRole.LEADER).toArray());
    this.helper = helper;
    this.token = token;
    this.sum = task.vdaf().aggregation();
  }

  /** The job that begins the proofs of the reports. */
  AggregationJobInitReq job(List<Extension> extensions, List<Report> reports) {
    return new AggregationJobInitReq(
        0, Bytes.EMPTY, extensions, reports.stream().map(this::begin).toList());
  }

  private VerifyInit begin(Report report) {
    var aad = new InputShareAad(task.task(), report.metadata(), report.publicShare()).encoded();
    var share = WireReader.whole(opened(report, aad), PlaintextInputShare::read).payload();
    var outcome =
        task.pingPong()
            .start(
                Nonce.of(report.metadata().id().bytes().toArray()),
                PublicShare.of(report.publicShare().toArray()),
                InputShare.of(share.toArray()));
    if (!(outcome instanceof PingPongOutcome.Started(Verification state, var outbound))) {
      throw new AssertionError("the test makes good reports");
    }
    states.put(report.metadata().id(), state);
    return new VerifyInit(
        new ReportShare(report.metadata(), report.publicShare(), report.helper()),
        Bytes.owning(outbound.bytes()));
  }

  private Bytes opened(Report report, Bytes aad) {
    try {
      var sealed = report.leader();
      return Bytes.owning(
          recipient.open(sealed.enc().toArray(), aad.toArray(), sealed.payload().toArray()));
    } catch (HpkeOpenException e) {
      throw new AssertionError(e);
    }
  }

  /** Adds up what the helper counted. */
  void settle(AggregationJobResp response) {
    for (VerifyResp answer : response.answers()) {
      if (answer instanceof VerifyResp.Continue(ReportId id, Bytes payload)
          && task.pingPong().end(states.get(id), payload.toArray())
              instanceof PingPongOutcome.Finished(var share)) {
        sum.add(share);
        checksum = checksum.xor(id.bytes().sha256());
        counted++;
      }
    }
  }

  long counted() {
    return counted;
  }

  Bytes checksum() {
    return checksum;
  }

  /**
   * Its own share, without noise: a foreign leader may leave it out, the helper's still hides.
   * Sealed for the collector, bound to its request.
   */
  HpkeCiphertext sealed(CollectionJobReq request, SecureRandom random) {
    var key = task.collectorKey();
    var sender =
        new HpkeSender(
            HpkePublicKey.of(key.publicKey().toArray()),
            Aead.AES_128_GCM,
            DapEdition.aggregateShareInfo(DapRole.LEADER).toArray());
    var aad = new AggregateShareAad(task.task(), request).encoded();
    var sealed = sender.seal(aad.toArray(), sum.share().revealBytes(), random);
    return new HpkeCiphertext(
        key.id(), Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
  }

  HttpResponse<byte[]> post(String path, String type, Bytes body) {
    return send(
        request(path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body.toArray())));
  }

  /**
   * The header of an answer to a caller who says that it speaks to another host.
   *
   * @return with each line's end, names in lower case
   */
  String headOf(String method, String path, String host, String type, Bytes body)
      throws IOException {
    try (var socket = new Socket(helper.getHost(), helper.getPort())) {
      var head =
          """
          %s %s HTTP/1.1
          Host: %s
          X-Forwarded-Proto: https
          X-Forwarded-Host: %s
          Authorization: Bearer %s
          Content-Type: %s
          Content-Length: %d
          Connection: close

          """
              .formatted(method, path, host, host, token, type, body.length());
      socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(US_ASCII));
      socket.getOutputStream().write(body.toArray());
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<byte[]> delete(String path) {
    return send(request(path).DELETE());
  }

  /** Below the task. */
  String path(String rest) {
    return "/dap/tasks/" + task.id() + rest;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(helper.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
