package dev.weir.space;

import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.outbox.StatePublisher;
import dev.weir.space.charge.ChargeResource;
import dev.weir.space.charge.CollectionCharges;
import dev.weir.space.contract.ContractResource;
import dev.weir.space.domain.DomainResource;
import dev.weir.space.domain.ProhibitedListResource;
import dev.weir.space.lineage.LineageResource;
import dev.weir.space.participant.ParticipantResource;
import dev.weir.space.product.ProductResource;
import dev.weir.space.registry.KafkaBrokerLogin;
import dev.weir.space.registry.RegistryLogin;
import dev.weir.space.registry.RegistryResource;
import dev.weir.space.registry.SchemaLeaves;
import dev.weir.space.registry.SchemaStore;
import dev.weir.space.resource.DataResourceResource;

/** The control plane as a service. */
public class SpaceApplication extends WeirApplication<SpaceConfiguration> {

  public static void main(String... arguments) throws Exception {
    new SpaceApplication().run(arguments);
  }

  @Override
  public String getName() {
    return "space";
  }

  @Override
  protected void run(SpaceConfiguration configuration, ServiceEnvironment service) {
    var database = service.database();
    var leaves =
        new SchemaLeaves(service::evidence, service.clock(), service.policy().bundleVersion());
    var schemas = new SchemaStore(database, leaves, service.clock());
    var kafka = service.kafka(schemas);
    var topics = TopicCatalogue.load();
    try (var admin = kafka.admin()) {
      topics.ensureTopics(admin, service.serviceName());
    }
    var ledger = new PostgresLedger(service.evidence(), service.clock());
    var parts =
        SpaceParts.assemble(
            database,
            service.bundle(),
            configuration.signingWindow(),
            new StatePublisher(service.outbox()),
            service.evidence(),
            ledger,
            service.clock(),
            service.random());
    var broker = new KafkaBrokerLogin(service.broker(), schemas, service.clock());

    service.resource(new ParticipantResource(parts.participants(), parts.keys()));
    service.resource(new DomainResource(parts.domains(), parts.authorisation()));
    service.resource(new ProhibitedListResource(parts.prohibited()));
    service.resource(new DataResourceResource(parts.resources()));
    service.resource(new LineageResource(parts.lineages()));
    service.resource(new ProductResource(parts.products(), parts.review()));
    service.resource(new ContractResource(parts.contracts()));
    var login = new RegistryLogin(broker, topics);
    service.resource(new RegistryResource(schemas, login), login::service);
    service.resource(
        new ChargeResource(new CollectionCharges(database, ledger), login), login::service);
    service.manage(parts.clock());
  }
}
