/**
 * The key custodian: a service of another operator, with a database and a broker login of its own
 * and no access to records. It hears what both adders signed, opens a sum once, and hands nothing
 * but the noised total to the consumer; nothing that comes of a decryption goes back to an adder.
 * Start with {@link dev.weir.query.sum.custody.Custody}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.sum.custody;
