/**
 * Lookup of one released cell by its keys, or of one record by keyword or index where a contract
 * permits reading it, without saying which: entries that one evaluation opens (RFC 9497), a
 * ticket's terms, and what a question and a reply consist of. The key of a table never leaves the
 * domain's processes, and the process that evaluates ciphertexts never has it. Start with {@link
 * dev.weir.query.he.lookup.LookupTerms}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.he.lookup;
