package dev.weir.runtime.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.secret.SecretAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * {@link Charges} of the control plane, asked with the operator's broker login. Waits 10 s at most;
 * follows no redirect.
 */
public final class HttpCharges implements Charges {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  /** What the ledger refuses for; everything else is a fault that may pass. */
  private static final List<ProblemType> REFUSALS =
      List.of(
          ProblemType.BUDGET_EXHAUSTED,
          ProblemType.QUOTA_EXHAUSTED,
          ProblemType.CONTRACT_ENDED,
          ProblemType.NOT_FOUND);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI charges;
  private final KafkaAccess login;

  /**
   * @param plane any address of the control plane
   * @param login the operator's at the broker
   */
  public HttpCharges(URI plane, KafkaAccess login) {
    this.charges = plane.resolve("/v1/ledger/charges");
    this.login = login;
  }

  @Override
  public Optional<ProblemException> charge(CollectionCharge charge) {
    try {
      var answer = http.send(request(charge), BodyHandlers.ofByteArray());
      return answer.statusCode() == OK ? Optional.empty() : Optional.of(refusal(answer));
    } catch (IOException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private HttpRequest request(CollectionCharge charge) throws IOException {
    String pair = login.username() + ":" + login.password().reveal(SecretAccess.REGISTRY_LOGIN);
    byte[] basic = Base64.getEncoder().encode(pair.getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(charges)
        .timeout(PATIENCE)
        .header("Authorization", "Basic " + new String(basic, StandardCharsets.US_ASCII))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(charge)))
        .build();
  }

  private static ProblemException refusal(HttpResponse<byte[]> answer) throws IOException {
    JsonNode problem = Json.mapper().readTree(answer.body());
    return REFUSALS.stream()
        .filter(type -> type.urn().equals(problem.path("type").asText()))
        .findFirst()
        .map(type -> new ProblemException(type, problem.path("detail").asText()))
        .orElseThrow(() -> unavailable(new IOException("status " + answer.statusCode())));
  }

  private static ProblemException unavailable(Exception cause) {
    var problem =
        new ProblemException(ProblemType.UNAVAILABLE, "The ledger does not answer; asked again.");
    problem.initCause(cause);
    return problem;
  }
}
