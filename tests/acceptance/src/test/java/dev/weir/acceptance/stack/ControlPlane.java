package dev.weir.acceptance.stack;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Role;
import dev.weir.kernel.Term;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Price;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.ParticipantState;
import dev.weir.policy.state.ResourceState;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.ContractAccount;
import dev.weir.runtime.ledger.Halt;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.outbox.StatePublisher;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.Account;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Publishes domains, resources and contracts as space does once all its forms are filled in: the
 * allotment is carved and the snapshot sent in one transaction.
 */
public final class ControlPlane {
  public static final CreditCode PROVIDER = Account.party(11);
  public static final CreditCode OPERATOR = Account.party(12);
  public static final CreditCode BUILDER = Account.party(13);
  public static final CreditCode RIVAL = Account.party(14);
  public static final String PURPOSE = "delay-research";
  private static final Instant NOW = Instant.now();
  private static final Term TERM =
      new Term(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(30)));
  private static final long CAP_NANO_RHO = 5_000_000_000L;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** By party: the tests of one run share a stack. */
  private static final Map<CreditCode, List<ParticipantState.Key>> KEYS = new ConcurrentHashMap<>();

  private final Database database;
  private final StatePublisher states;
  private final PostgresLedger ledger;

  ControlPlane(Database database) {
    var outbox = new Outbox("space", new OutboxSignal());
    this.database = database;
    this.states = new StatePublisher(outbox);
    this.ledger = new PostgresLedger(new EvidenceLog(outbox, "space"), Clock.systemUTC());
  }

  public DomainId openDomain() {
    var id = DomainId.random();
    publish("domain", "space.domains", id.toString(), 1, domain(id));
    return id;
  }

  private static DomainState domain(DomainId id) {
    return new DomainState(
        id,
        1,
        Bilingual.same("domain"),
        OPERATOR,
        PROVIDER,
        Set.of(PURPOSE),
        new Term(NOW.minus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(60))),
        4,
        10_000,
        DomainState.Status.ACTIVE);
  }

  public ResourceId openResource(DomainId domain, LineageId lineage, RecordSchema schema) {
    var id = ResourceId.random();
    database.asService(
        "test.lineage",
        handle -> {
          ledger.openLineage(handle, lineage, PROVIDER, CAP_NANO_RHO, 10_000_000);
          return true;
        });
    publish(
        "resource",
        "space.resources",
        id.toString(),
        1,
        new ResourceState(
            id,
            1,
            IdentificationCode.assign(IdentificationCode.Type.RESOURCE, PROVIDER, "3301", RANDOM),
            PROVIDER,
            lineage,
            Optional.of(domain),
            Bilingual.same("resource"),
            schema,
            true,
            ResourceState.Status.REGISTERED));
    return id;
  }

  /** A signed contract of the builder over the products. */
  public ContractTerms sign(List<ProductTerms> products, long nanoRho, int maxUses) {
    return publishSigned(terms(products, nanoRho, maxUses));
  }

  private ContractTerms publishSigned(ContractTerms terms) {
    database.asService(
        "test.sign",
        handle -> {
          ledger.carve(handle, ContractAccount.of(terms, domain(terms.domainId())));
          return true;
        });
    publish(terms, 1, ContractState.Status.SIGNED, Optional.empty(), Set.of());
    return terms;
  }

  /** A signed contract that also lets the builder read the products' records. */
  public ContractTerms signReading(List<ProductTerms> products, long nanoRho, int maxUses) {
    var terms = terms(products, nanoRho, maxUses);
    var rules = new java.util.ArrayList<>(terms.rules());
    products.forEach(product -> rules.add(permission("read", product, maxUses)));
    return publishSigned(
        new ContractTerms(
            terms.id(),
            terms.code(),
            terms.name(),
            terms.summary(),
            terms.signMode(),
            terms.suite(),
            terms.round(),
            terms.term(),
            terms.domainId(),
            terms.purpose(),
            terms.parties(),
            terms.products(),
            rules,
            terms.allotments(),
            terms.price(),
            terms.minGroup()));
  }

  /** A key that a party signs with, registered beside those that it has. */
  public void registerKey(CreditCode party, ParticipantState.Key key) {
    List<ParticipantState.Key> keys =
        KEYS.merge(
            party,
            List.of(key),
            (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
    publish(
        "participant",
        "space.participants",
        party.toString(),
        keys.size(),
        new ParticipantState(
            party, keys.size(), Bilingual.same("participant"), Set.of(Role.CONSUMER), keys, true));
  }

  /** What a party registered. */
  public static List<ParticipantState.Key> keysOf(CreditCode party) {
    return KEYS.getOrDefault(party, List.of());
  }

  /** The provider's abnormal stop. */
  public void stop(ContractTerms terms) {
    database.asService(
        "test.stop",
        handle -> {
          ledger.giveBack(handle, terms.id());
          return true;
        });
    publish(
        terms,
        2,
        ContractState.Status.ENDED,
        Optional.of(new ContractState.Ending(Instant.now(), ContractState.Cause.ABNORMAL_STOP)),
        Set.of());
  }

  /** A stop in the ledger alone, as if the topics were late. */
  public void haltUnheard(Halt halt) {
    database.asService(
        "test.halt",
        handle -> {
          ledger.halt(handle, halt);
          return true;
        });
  }

  private void publish(
      ContractTerms terms,
      long version,
      ContractState.Status status,
      Optional<ContractState.Ending> ending,
      Set<ProductId> stopped) {
    publish(
        "contract",
        "space.contracts",
        terms.id().toString(),
        version,
        new ContractState(
            terms.id(),
            version,
            status,
            terms,
            Json.sha256Hex(Json.canonical(terms)),
            ending,
            stopped));
  }

  private static ContractTerms terms(List<ProductTerms> products, long nanoRho, int maxUses) {
    return new ContractTerms(
        ContractId.random(),
        ContractCode.assign(9, BUILDER, "3301", NOW, RANDOM),
        "a contract",
        "",
        "02",
        "gm",
        1,
        TERM,
        products.getFirst().domainId(),
        PURPOSE,
        List.of(new Party(PartyType.PROVIDER, PROVIDER), new Party(PartyType.USER, BUILDER)),
        products,
        products.stream().map(product -> permission("compute", product, maxUses)).toList(),
        products.stream()
            .map(ProductTerms::lineageId)
            .distinct()
            .map(lineage -> new Allotment(lineage, nanoRho, 10_000))
            .toList(),
        new Price(100, 1_000, 1, 1_000_000),
        20);
  }

  private static Rule permission(String action, ProductTerms product, int maxUses) {
    return new Rule(
        action + "-" + product.tableName().replace('_', '-'),
        Rule.Kind.PERMISSION,
        BUILDER,
        action,
        product.id(),
        List.of(
            new Constraint("count", "lteq", List.of(Integer.toString(maxUses)), ""),
            new Constraint("expansionItem", "eq", List.of(PURPOSE), "purpose")),
        List.of());
  }

  private void publish(String kind, String topic, String id, long version, Object state) {
    database.asService(
        "test.publish",
        handle -> {
          states.publish(handle, kind, topic, id, version, Instant.now(), state);
          return true;
        });
  }
}
