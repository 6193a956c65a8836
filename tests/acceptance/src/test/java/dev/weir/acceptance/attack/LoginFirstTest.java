package dev.weir.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Endpoint;
import dev.weir.testkit.ApiClient;
import jakarta.ws.rs.Consumes;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever is nobody hears so before anything is parsed: a body, an id or a parameter. */
@ExtendWith(SharedServices.class)
class LoginFirstTest {

  @Test
  void everyEndpointWithABody_asksForTheLoginBeforeItReadsTheBody(EmbeddedServices services) {
    var wrong = new ArrayList<String>();
    int asked = 0;
    for (var service : services.all().entrySet()) {
      for (Endpoint endpoint : service.getValue().running().endpoints()) {
        if (!endpoint.httpMethod().matches("POST|PUT")) {
          continue;
        }
        asked++;
        for (var client :
            java.util.List.of(
                service.getValue().anonymous(), service.getValue().anonymous().with("e30.e30.x"))) {
          if (!refused(client, endpoint)) {
            wrong.add(service.getKey() + " " + endpoint.httpMethod() + " " + endpoint.template());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(20);
  }

  private static boolean refused(ApiClient client, Endpoint endpoint) {
    return client
        .send(
            client
                .request(endpoint.template().replaceAll("\\{[^}]*}", "not-an-id") + "?limit=x")
                .header("Content-Type", mediaType(endpoint))
                .header("Accept", "*/*")
                .method(endpoint.httpMethod(), BodyPublishers.ofString("{\"half\": [")))
        .is(ProblemType.UNAUTHENTICATED);
  }

  private static String mediaType(Endpoint endpoint) {
    var own = endpoint.method().getAnnotation(Consumes.class);
    var shared = endpoint.method().getDeclaringClass().getAnnotation(Consumes.class);
    return own != null ? own.value()[0] : shared != null ? shared.value()[0] : "application/json";
  }
}
