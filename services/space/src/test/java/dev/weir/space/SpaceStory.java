package dev.weir.space;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.contract.Price;
import dev.weir.runtime.http.Caller;
import dev.weir.space.contract.Contract;
import dev.weir.space.contract.Signing;
import dev.weir.space.domain.OperationDomain;
import dev.weir.space.domain.OperationDomains;
import dev.weir.space.lineage.Lineages;
import dev.weir.space.product.ProductReview;
import dev.weir.space.product.ProductView;
import dev.weir.space.resource.Resource;
import java.util.Optional;

/** The main path of the control plane, step by step. */
public final class SpaceStory {
  private final SpaceFixture space;

  public SpaceStory(SpaceFixture space) {
    this.space = space;
  }

  public OperationDomain proposedDomain() {
    return space
        .parts
        .domains()
        .propose(request(space.operator, Operation.DOMAIN_PROPOSE), Samples.domain());
  }

  public OperationDomain activeDomain() {
    var id = proposedDomain().id();
    space
        .parts
        .domains()
        .review(
            request(space.reviewer, Operation.DOMAIN_SCENE_REVIEW),
            id,
            new OperationDomains.SceneReview(true, ""));
    signDomain(id, space.provider);
    return signDomain(id, space.operator);
  }

  public OperationDomain signDomain(DomainId id, Caller caller) {
    byte[] agreement = space.parts.domains().agreement(caller, id);
    return space
        .parts
        .domains()
        .sign(
            request(caller, Operation.DOMAIN_SIGN),
            id,
            new OperationDomains.SignatureBody(
                space.keyId(caller.party()), space.sign(caller.party(), agreement)));
  }

  public Resource registered() {
    return space
        .parts
        .resources()
        .register(request(space.provider, Operation.RESOURCE_REGISTER), Samples.resource(2));
  }

  public Resource authorised(DomainId domain) {
    return authorise(domain, registered().id());
  }

  public Resource authorise(DomainId domain, ResourceId resource) {
    return space
        .parts
        .authorisation()
        .authorise(request(space.provider, Operation.DOMAIN_AUTHORISE_RESOURCE), domain, resource);
  }

  public void cap(LineageId lineage, long nanoRho) {
    var proposed =
        space
            .parts
            .lineages()
            .propose(
                request(space.provider, Operation.LINEAGE_CAP_PROPOSE),
                lineage,
                new Lineages.CapDraft(nanoRho, 1_000, "first use"));
    space
        .parts
        .lineages()
        .approve(
            request(space.operator, Operation.LINEAGE_CAP_APPROVE),
            lineage,
            proposed.pending().orElseThrow().id());
  }

  public ProductView drafted(ResourceId resource) {
    return space
        .parts
        .products()
        .draft(request(space.provider, Operation.PRODUCT_DRAFT), Samples.product(resource));
  }

  public ProductView listed(ResourceId resource) {
    var id = drafted(resource).id();
    var review = space.parts.review();
    review.submit(request(space.provider, Operation.PRODUCT_SUBMIT), id);
    review.review(
        request(space.reviewer, Operation.PRODUCT_REVIEW), id, new ProductReview.Review(true, ""));
    review.assignCode(request(space.registrar, Operation.PRODUCT_CODE), id);
    return review.list(request(space.operator, Operation.PRODUCT_LIST), id);
  }

  /** A domain with one capped resource and one listed product. */
  public Offer offer(long capNanoRho) {
    var domain = activeDomain();
    var resource = authorised(domain.id());
    cap(resource.lineageId(), capNanoRho);
    var product = listed(resource.id());
    return new Offer(domain.id(), resource.id(), resource.lineageId(), product.id());
  }

  public record Offer(DomainId domain, ResourceId resource, LineageId lineage, ProductId product) {}

  public Contract proposed(Offer offer, long nanoRho) {
    return proposed(offer, nanoRho, Samples.PRICE);
  }

  public Contract proposed(Offer offer, long nanoRho, Price price) {
    return space
        .parts
        .contracts()
        .negotiation()
        .propose(
            request(space.builder, Operation.CONTRACT_PROPOSE),
            Samples.contract(
                offer.domain(),
                offer.product(),
                offer.lineage(),
                nanoRho,
                SpaceFixture.BUILDER,
                price));
  }

  public Contract agreed(Offer offer, long nanoRho) {
    return agreed(offer, nanoRho, Samples.PRICE);
  }

  private Contract agreed(Offer offer, long nanoRho, Price price) {
    var contract = proposed(offer, nanoRho, price);
    return space
        .parts
        .contracts()
        .negotiation()
        .accept(request(space.provider, Operation.CONTRACT_NEGOTIATE), contract.id(), 1);
  }

  public Contract concluded(Offer offer, long nanoRho) {
    return concluded(offer, nanoRho, Samples.PRICE);
  }

  public Contract concluded(Offer offer, long nanoRho, Price price) {
    var contract = agreed(offer, nanoRho, price);
    sign(contract.id(), space.builder);
    return sign(contract.id(), space.provider);
  }

  public Contract sign(ContractId id, Caller caller) {
    return sign(id, caller, signature(id, caller));
  }

  public Signing.SignatureBody signature(ContractId id, Caller caller) {
    byte[] terms = space.parts.contracts().negotiation().terms(caller, id, Optional.empty());
    return new Signing.SignatureBody(
        space.keyId(caller.party()), space.sign(caller.party(), terms));
  }

  public Contract sign(ContractId id, Caller caller, Signing.SignatureBody body) {
    return space
        .parts
        .contracts()
        .signing()
        .sign(request(caller, Operation.CONTRACT_SIGN), id, body);
  }

  public static dev.weir.space.change.Request request(Caller caller, Operation operation) {
    return SpaceFixture.request(caller, operation);
  }
}
