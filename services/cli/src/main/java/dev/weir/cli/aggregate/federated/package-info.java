/**
 * An example of federated averaging over secure aggregation: ten contributors train one model on
 * census records that none of them shows. For learning and measuring; both aggregators run in this
 * process, so nothing is private here. Start with {@link
 * dev.weir.cli.aggregate.federated.FederatedExample}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.aggregate.federated;
