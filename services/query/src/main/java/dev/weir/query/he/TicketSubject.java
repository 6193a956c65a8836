package dev.weir.query.he;

import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.rollup.RollupSpec;
import java.util.Optional;

/**
 * What a ticket is about.
 *
 * @param ruling whether it may be asked about
 * @param bundle version of the bundle that decided
 * @param id names the cells, or the table of locked records; 32 hexadecimal digits
 * @param entries cells or records; 0 when the question is refused before they are counted
 * @param width values of a cell
 * @param bits of a cell's values
 * @param root of the cells, or of the locked table
 * @param spec of cells
 * @param terms of a lookup
 */
record TicketSubject(
    Ruling ruling,
    String bundle,
    String id,
    long dataVersion,
    int entries,
    int width,
    int bits,
    String root,
    Optional<RollupSpec> spec,
    Optional<LookupTerms> terms) {}
