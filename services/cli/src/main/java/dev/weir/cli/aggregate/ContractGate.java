package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.collector.CollectorGate;
import dev.weir.aggregation.policy.TaskUse;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.cli.client.WeirClient;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Term;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@link CollectorGate} over the contract as its parties see it at the control plane, decided by
 * the engine that the aggregators run, with the bundle that this program carries.
 */
final class ContractGate implements CollectorGate {
  private static final Set<String> IN_FORCE = Set.of("SIGNED", "IN_PERFORMANCE");

  private final WeirClient client;
  private final InstantSource clock;
  private final PolicyBundle bundle = PolicyBundle.load();

  ContractGate(WeirClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Optional<String> refusal(TaskTerms terms) {
    String path = "/v1/contracts/" + terms.contractId();
    JsonNode state = client.get("space", path);
    var contract = read(client.getBytes("space", path + "/terms"));
    JsonNode domain = client.get("space", "/v1/domains/" + contract.domainId());
    var facts = facts(terms, state, contract.domainId(), domain);
    return switch (TaskUse.decide(terms, contract, facts, bundle, clock.instant(), "collector")) {
      case UsageDecision.Allow allow -> Optional.empty();
      case UsageDecision.ConditionalAllow allow -> Optional.empty();
      case UsageDecision.Deny deny -> Optional.of(deny.ruleId());
      case UsageDecision.DefaultDeny deny -> Optional.of(deny.ruleId());
    };
  }

  private static ContractFacts facts(
      TaskTerms terms, JsonNode state, DomainId domainId, JsonNode domain) {
    var stopped = new HashSet<ProductId>();
    state.path("stoppedProducts").forEach(id -> stopped.add(ProductId.of(id.asText())));
    var purposes = new HashSet<String>();
    domain
        .path("proposal")
        .path("scene")
        .path("purposes")
        .forEach(purpose -> purposes.add(purpose.path("code").asText()));
    return new ContractFacts(
        terms.contractId(),
        IN_FORCE.contains(state.path("status").asText()) && !state.has("ended"),
        stopped,
        domain.path("status").asText().equals(DomainState.Status.ACTIVE.name())
            && domain.path("id").asText().equals(domainId.toString()),
        purposes,
        term(domain.path("proposal").path("term")));
  }

  private static Term term(JsonNode json) {
    try {
      return Json.mapper().treeToValue(json, Term.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the domain's term cannot be read", e);
    }
  }

  private static ContractTerms read(byte[] json) {
    try {
      return Json.mapper().readValue(json, ContractTerms.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the contract's terms cannot be read", e);
    }
  }
}
