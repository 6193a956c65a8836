package dev.weir.audit.witness;

import dev.weir.privacy.merkle.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks to a witness. Thread-safe. */
public final class HttpWitness {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * @param base such as {@code http://127.0.0.1:8490}
   */
  public HttpWitness(URI base) {
    this.address = URI.create(base.toString().replaceAll("/+$", "") + "/add-checkpoint");
  }

  /**
   * @throws IOException when there is no answer, or one that the protocol does not know
   */
  public WitnessReply add(AddCheckpoint request) throws IOException, InterruptedException {
    var response =
        client.send(
            HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(request.encode()))
                .build(),
            BodyHandlers.ofString());
    return switch (response.statusCode()) {
      case 200 -> cosigned(response.body());
      case 409 -> conflict(response.body());
      case 422 -> new WitnessReply.Inconsistent();
      case 400 -> new WitnessReply.Malformed();
      case 403 -> new WitnessReply.Unsigned();
      case 404 -> new WitnessReply.UnknownLog();
      default -> throw new IOException("the witness answered " + response.statusCode());
    };
  }

  private static WitnessReply cosigned(String body) throws IOException {
    return SignedNote.parse("-\n\n" + body)
        .filter(note -> note.signatures().size() == 1)
        .map(note -> new WitnessReply.Cosigned(note.signatures().getFirst()))
        .orElseThrow(() -> new IOException("the witness sent no signature line"));
  }

  private static WitnessReply conflict(String body) throws IOException {
    try {
      return new WitnessReply.Conflict(Long.parseLong(body.strip()));
    } catch (NumberFormatException e) {
      throw new IOException("the witness named no size", e);
    }
  }
}
