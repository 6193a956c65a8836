/**
 * Encrypted questions over released cells (role <i>he-worker</i>, and its desk in role <i>api</i>).
 * The selection and the sums are never seen here; what protects the data is that the cells were
 * released before, see {@link dev.weir.query.rollup}. A question is bound by its asker's signature
 * to one ticket: contract, decision, parameter set, data version, nonce and expiry; it is answered
 * once, in one size and at fixed times. Only {@link dev.weir.query.he.KafkaHeWorker} touches native
 * code. Start with {@link dev.weir.query.he.HeDesk}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.he;
