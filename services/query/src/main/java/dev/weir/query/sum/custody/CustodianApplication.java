package dev.weir.query.sum.custody;

import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.ParticipantState;
import dev.weir.policy.state.ResourceState;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.sum.CustodianKey;
import dev.weir.query.sum.CustodyRules;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.ledger.HttpCharges;
import dev.weir.runtime.state.StateView;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.io.IOException;

/** The key custodian: sums of adders in, noised totals out. */
public final class CustodianApplication extends WeirApplication<CustodianConfiguration> {
  private final SumPoint.Probe probe;

  public CustodianApplication() {
    this(SumPoint.Probe.NONE);
  }

  /** A service that tells where its releases are, for tests that kill it there. */
  public CustodianApplication(SumPoint.Probe probe) {
    this.probe = probe;
  }

  @Override
  public String getName() {
    return "custodian";
  }

  @Override
  protected void run(CustodianConfiguration configuration, ServiceEnvironment service)
      throws IOException {
    var database = service.database("custodian");
    var tasks = SumTasks.read(configuration.tasks());
    var key = CustodianKey.read(configuration.heKey(), service.random());

    // Contracts, followed from the control plane, and the ledger that charges them there.
    var contractStates = new StateView<>(service.kafka(), "space.contracts", ContractState.class);
    var domainStates = new StateView<>(service.kafka(), "space.domains", DomainState.class);
    var resourceStates = new StateView<>(service.kafka(), "space.resources", ResourceState.class);
    var participantStates =
        new StateView<>(service.kafka(), "space.participants", ParticipantState.class);
    var contracts =
        new ContractBook(
            contractStates, domainStates, resourceStates, participantStates, service.bundle());
    var ledger = new HttpCharges(configuration.kafka().registryUrl(), service.broker());

    var name = service.serviceName();
    var custody =
        new Custody(
            database,
            tasks,
            new CustodyRules(),
            new ContractSumGate(contracts, service.bundle(), service.clock(), name),
            ledger,
            Custody.noised(key, service.random()),
            new SumEvidence(service.evidence(), name, service.policy().bundleVersion()),
            service.clock(),
            probe);
    var feed = new KafkaSumFeed(service.kafka(), custody::take);

    service.manage(contractStates);
    service.manage(domainStates);
    service.manage(resourceStates);
    service.manage(participantStates);
    service.manage(new AutoCloseableManager(key));
    service.manage(feed);
    service.health("contracts", contracts::caughtUp);
    service.health("sums", feed::alive);
    service.resource(new SumResource(new SumDesk(database, tasks)));
  }
}
