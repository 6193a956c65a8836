package dev.weir.space;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.outbox.StatePublisher;
import dev.weir.runtime.sql.Database;
import dev.weir.space.change.ChangeLog;
import dev.weir.space.change.Plane;
import dev.weir.space.change.PostgresCodes;
import dev.weir.space.change.PostgresHistory;
import dev.weir.space.change.PostgresWrites;
import dev.weir.space.contract.Contracts;
import dev.weir.space.domain.Authorisation;
import dev.weir.space.domain.DomainClock;
import dev.weir.space.domain.OperationDomains;
import dev.weir.space.domain.PostgresDomainStore;
import dev.weir.space.domain.PostgresProhibitionStore;
import dev.weir.space.domain.ProhibitedList;
import dev.weir.space.lineage.Lineages;
import dev.weir.space.lineage.PostgresLineageStore;
import dev.weir.space.participant.Participants;
import dev.weir.space.participant.PartyKeys;
import dev.weir.space.participant.PostgresParticipantStore;
import dev.weir.space.participant.SignatureCheck;
import dev.weir.space.product.PostgresProductStore;
import dev.weir.space.product.ProductClock;
import dev.weir.space.product.ProductReview;
import dev.weir.space.product.Products;
import dev.weir.space.resource.PostgresResourceStore;
import dev.weir.space.resource.Resources;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The use cases of the control plane, put together without HTTP or Kafka. Immutable. */
public record SpaceParts(
    Participants participants,
    PartyKeys keys,
    OperationDomains domains,
    Authorisation authorisation,
    ProhibitedList prohibited,
    Resources resources,
    Lineages lineages,
    Products products,
    ProductReview review,
    Contracts contracts,
    SpaceClock clock) {

  public static SpaceParts assemble(
      Database database,
      PolicyBundle bundle,
      Duration signingWindow,
      StatePublisher publisher,
      EvidenceLog evidence,
      Ledger ledger,
      InstantSource clock,
      SecureRandom random) {
    var history = new PostgresHistory();
    var plane =
        new Plane(
            database,
            new PostgresWrites(database, clock),
            new ChangeLog(publisher, evidence, history, bundle.version()),
            ledger,
            history,
            clock,
            random,
            new SpaceRules(bundle.floors(), bundle.version(), signingWindow));
    var participantStore = new PostgresParticipantStore();
    var domainStore = new PostgresDomainStore();
    var resourceStore = new PostgresResourceStore();
    var lineageStore = new PostgresLineageStore();
    var productStore = new PostgresProductStore();
    var prohibitionStore = new PostgresProhibitionStore();
    var codes = new PostgresCodes();
    var signatures = new SignatureCheck();
    var participants = new Participants(plane, participantStore);
    var domains = new OperationDomains(plane, domainStore, participantStore, signatures);
    var resources = new Resources(plane, resourceStore, lineageStore, codes);
    var products = new Products(plane, productStore, resourceStore, domainStore);
    var contracts =
        Contracts.assemble(
            plane, bundle, ledger, productStore, domainStore, participantStore, signatures, codes);
    var review = new ProductReview(plane, productStore, products, codes);
    return new SpaceParts(
        participants,
        new PartyKeys(plane, participantStore, participants, signatures),
        domains,
        new Authorisation(plane, bundle, domainStore, resourceStore, resources, prohibitionStore),
        new ProhibitedList(plane, prohibitionStore, resourceStore),
        resources,
        new Lineages(plane, lineageStore, ledger),
        products,
        review,
        contracts,
        new SpaceClock(
            new DomainClock(
                plane, domainStore, domains, prohibitionStore, resourceStore, resources),
            new ProductClock(plane, productStore, products),
            contracts.clock()));
  }
}
