package dev.weir.space.contract;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ResourceState;
import dev.weir.runtime.sql.ServiceScope;
import dev.weir.space.change.Documents;
import dev.weir.space.domain.OperationDomain;
import dev.weir.space.resource.Resource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What a contract rests on, held still while it is signed: the domain, products, resources and
 * parties. Whoever stops one of them afterwards finds the contract's account and stops that too.
 * Stateless.
 */
final class PostgresFoundations {
  private final PolicyBundle bundle;

  PostgresFoundations(PolicyBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Locks all of it and checks that it still stands; returns the domain as it is under the lock.
   *
   * @throws ProblemException {@code WRONG_STATE} when a product is not listed any more, a resource
   *     not authorised any more or a party suspended; {@code PROHIBITED_RESOURCE}
   */
  OperationDomain hold(Handle handle, ContractTerms terms) {
    // The signing party may neither see every resource nor lock what others own.
    return ServiceScope.in(
        handle,
        "space",
        () -> {
          var domain = domain(handle, terms);
          requireListed(handle, terms);
          requireAuthorised(handle, terms);
          requireActive(handle, terms, domain);
          return domain;
        });
  }

  private static OperationDomain domain(Handle handle, ContractTerms terms) {
    return handle
        .createQuery("select document from space.domains where id = :id for share")
        .bind("id", terms.domainId().value())
        .mapTo(String.class)
        .map(document -> Documents.read(document, OperationDomain.class))
        .one();
  }

  private static void requireListed(Handle handle, ContractTerms terms) {
    var ids = terms.products().stream().map(ProductTerms::id).map(ProductId::value).toList();
    long listed =
        handle
            .createQuery(
                """
                select id from space.products where id = any (:ids) and status = 'LISTED'
                order by id for share
                """)
            .bindArray("ids", UUID.class, ids)
            .mapTo(UUID.class)
            .stream()
            .count();
    require(listed == ids.size(), "A product of the contract is no longer listed.");
  }

  private void requireAuthorised(Handle handle, ContractTerms terms) {
    var ids = terms.products().stream().map(product -> product.resourceId().value()).distinct();
    var resources = lock(handle, ids.toList());
    var prohibited = prohibited(handle, resources);
    if (!prohibited.isEmpty()) {
      throw new ProblemException(
          ProblemType.PROHIBITED_RESOURCE,
          "A resource of the contract cannot be under authorised operation.",
          Map.of("rule", prohibited.getFirst()));
    }
    require(
        resources.stream()
            .allMatch(resource ->
                resource.status() == ResourceState.Status.REGISTERED
                    && resource.domainId().filter(terms.domainId()::equals).isPresent()),
        "A resource of the contract is no longer authorised into its domain.");
  }

  private static List<Resource> lock(Handle handle, List<UUID> ids) {
    return handle
        .createQuery(
            "select document from space.resources where id = any (:ids) order by id for share")
        .bindArray("ids", UUID.class, ids)
        .mapTo(String.class)
        .map(document -> Documents.read(document, Resource.class))
        .list();
  }

  /**
   * Rules that forbid a resource; read once it is locked, as the list is changed under its lock.
   */
  private List<String> prohibited(Handle handle, List<Resource> resources) {
    var listed =
        handle
            .createQuery(
                """
                select resource_id from space.prohibitions
                where listed and resource_id = any (:ids)
                """)
            .bindArray(
                "ids",
                UUID.class,
                resources.stream().map(resource -> resource.id().value()).toList())
            .mapTo(UUID.class)
            .list();
    var categories =
        resources.stream()
            .flatMap(resource ->
                bundle.prohibited(resource.schema(), resource.openness().name()).stream())
            .map(category -> category.id());
    return Stream.concat(listed.stream().map(id -> "prohibited-list"), categories).toList();
  }

  private static void requireActive(Handle handle, ContractTerms terms, OperationDomain domain) {
    var codes =
        Stream.concat(terms.parties().stream().map(Party::creditCode), Stream.of(domain.operator()))
            .map(CreditCode::value)
            .distinct()
            .toList();
    long active =
        handle
            .createQuery(
                """
                select credit_code from space.participants
                where active and credit_code = any (:codes) order by credit_code for share
                """)
            .bindArray("codes", String.class, codes)
            .mapTo(String.class)
            .stream()
            .count();
    require(
        active == codes.size(), "A party of the contract, or its operating body, is suspended.");
  }

  private static void require(boolean stands, String otherwise) {
    if (!stands) {
      throw new ProblemException(ProblemType.WRONG_STATE, otherwise);
    }
  }
}
