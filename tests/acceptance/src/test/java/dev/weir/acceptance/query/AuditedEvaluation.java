package dev.weir.acceptance.query;

import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.query.he.replay.Kept;
import dev.weir.query.he.replay.Logged;
import dev.weir.query.he.replay.Replay;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** What an auditor is handed of one evaluation, over HTTP, and what its evidence says. */
record AuditedEvaluation(Replay replay, byte[] question, byte[] table, byte[] keys, byte[] reply) {
  static final Account AUDITOR = Account.of("auditor", Account.party(14), Role.AUDITOR);

  static AuditedEvaluation of(EmbeddedServices services, UUID id)
      throws IOException, InterruptedException {
    String path = "/v1/he/evaluations/" + id;
    var kept = Json.mapper().treeToValue(services.query().as(AUDITOR).get(path).json(), Kept.class);
    var receipt =
        Records.await(
            () -> services.audit().as(AUDITOR).get("/v1/receipts/" + kept.releaseLeaf()),
            answer -> answer.status() == 200);
    var logged = Logged.of(Json.mapper().readTree(receipt.json().path("leaf").asText()));
    return new AuditedEvaluation(
        new Replay(kept, logged, ControlPlane.keysOf(CreditCode.of(logged.asked().party()))),
        bytes(services, path + "/question"),
        bytes(services, path + "/cells"),
        bytes(services, path + "/keys"),
        bytes(services, path + "/reply"));
  }

  Replay.Outcome doneOver() {
    return replay.run(question, table, keys, reply);
  }

  private static byte[] bytes(EmbeddedServices services, String path)
      throws IOException, InterruptedException {
    var request = services.query().as(AUDITOR).request(path).GET().build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray()).body();
    }
  }
}
