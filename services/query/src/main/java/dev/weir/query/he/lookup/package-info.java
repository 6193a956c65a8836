/**
 * Lookup of one released cell by its keys, without saying which: cells as records that one
 * evaluation opens (RFC 9497), a ticket's terms, and what a question and a reply consist of. Knows
 * tickets and workers not; the key of an epoch never leaves the domain's processes, and the process
 * that evaluates ciphertexts never has it. Start with {@link dev.weir.query.he.lookup.LookupTerms}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.he.lookup;
