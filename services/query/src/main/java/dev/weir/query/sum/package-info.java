/**
 * Sums of values that departments encrypt before anything leaves them. A producer encrypts a column
 * under the custodian's key and signs each ciphertext; two adders without a key add what is signed
 * and sign what they added; the custodian, another operator, opens a sum once, when both adders
 * vouch for the same bytes over the same inputs of enough producers, and only with noise.
 *
 * <p>Nothing here proves that a producer's values are within the declared bounds, and two adders
 * that collude can have any ciphertext opened: see {@code compliance/homomorphic-queries.md}. Start
 * with {@link dev.weir.query.sum.SumTask}; the rules of the custodian are in {@link
 * dev.weir.query.sum.CustodyRules}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.sum;
