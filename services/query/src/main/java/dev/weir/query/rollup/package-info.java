/**
 * The role <i>rollup</i>: cells for encrypted questions. One Kafka Streams application per set of
 * cells follows the records of a resource exactly once, bounds what a person contributes and counts
 * the cells of each data version. When a version is sealed an epoch is closed for every contract
 * that holds the cells: the noise is drawn, the draw is stored in the transaction that charges the
 * allotment, and only what was stored is ever published. Start with {@link
 * dev.weir.query.rollup.KafkaRollupTopology} for the counting and {@link
 * dev.weir.query.rollup.EpochCloser} for the release.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.rollup;
