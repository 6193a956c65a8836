package dev.weir.runtime.http;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import io.prometheus.metrics.core.metrics.Counter;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.server.Request;

/**
 * Ties the {@link PartyGate} to requests: a verified caller's request enters, the end of the
 * request, however it ends, leaves. Thread-safe.
 */
final class PartyTurn {
  private static final String ATTRIBUTE = "weir.party";

  private final PartyGate gate;
  private final Counter refused;

  PartyTurn(PartyGate gate, io.prometheus.metrics.model.registry.PrometheusRegistry metrics) {
    this.gate = gate;
    this.refused =
        Counter.builder()
            .name("weir_party_refused_total")
            .help("requests refused because their party asked too much")
            .labelNames("excess")
            .register(metrics);
    for (var excess : PartyGate.Excess.values()) {
      refused.initLabelValues(label(excess));
    }
  }

  /**
   * @throws ProblemException of type {@link ProblemType#TOO_MANY_REQUESTS}
   */
  void enter(ContainerRequestContext request, CreditCode party) {
    var refusal = gate.enter(party);
    if (refusal.isPresent()) {
      refused.labelValues(label(refusal.get().excess())).inc();
      throw new ProblemException(
          ProblemType.TOO_MANY_REQUESTS,
          "The party asks more than its share; come back after retryAfterSeconds.",
          Map.of(Problem.RETRY_AFTER, refusal.get().retryAfterSeconds()));
    }
    request.setProperty(ATTRIBUTE, party);
  }

  /** To be called once when the request has ended. */
  void leave(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof CreditCode party) {
      gate.leave(party);
    }
  }

  private static String label(PartyGate.Excess excess) {
    return excess.name().toLowerCase(Locale.ROOT);
  }
}
