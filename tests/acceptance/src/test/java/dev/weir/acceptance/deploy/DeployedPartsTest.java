package dev.weir.acceptance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.Records;
import dev.weir.kernel.Role;
import dev.weir.testkit.Account;
import dev.weir.testkit.LocalIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part of the deployment really starts from the file and command line it is deployed with. */
class DeployedPartsTest {
  private static final Account OFFICER =
      Account.of("department-officer", Account.party(1), Role.PROVIDER, Role.CONSUMER);

  @Test
  void everyPart_startsFromItsDeployedFilesOverTls(@TempDir Path directory) throws Exception {
    try (var issuer = LocalIssuer.start();
        var deployment = new Deployment(directory, issuer);
        var http = HttpClient.newHttpClient()) {
      // given: roles, users, topics and rules; a second run changes nothing
      deployment.finish("init");
      deployment.finish("init");
      // when
      for (String part :
          new String[] {"space", "audit", "witness", "intake", "query", "leader", "helper"}) {
        deployment.start(part);
      }
      // then
      for (String part : new String[] {"space", "audit", "intake", "query", "leader", "helper"}) {
        String admin = "http://127.0.0.1:" + deployment.port(part + "-admin");
        String health =
            Records.await(() -> get(http, admin + "/health", ""), body -> body.startsWith("200 "));
        assertThat(health).as(part).contains("\"healthy\":true");
      }
      var lists = Map.of("space", "/v1/contracts", "intake", "/v1/sources", "query", "/v1/queries");
      for (var list : lists.entrySet()) {
        String api = "http://127.0.0.1:" + deployment.port(list.getKey());
        assertThat(get(http, api + list.getValue(), issuer.token(OFFICER)))
            .as(list.getKey())
            .startsWith("200 ");
        assertThat(get(http, api + list.getValue(), "")).startsWith("401 ");
      }
      assertThat(get(http, "http://127.0.0.1:" + deployment.port("witness") + "/key", ""))
          .startsWith("200 weir.local/witness+");
      assertThat(directory.resolve("data/public/audit/log.vkey")).isNotEmptyFile();
    }
  }

  private static String get(HttpClient http, String url, String token) {
    var request = HttpRequest.newBuilder(URI.create(url));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body().strip();
    } catch (IOException e) {
      return "none";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
