package dev.weir.cli.template;

import java.time.Instant;

/**
 * What a consumer asks for.
 *
 * @param uses how often the contract may be used
 * @param nanoRho of every dp product's lineage
 * @param picoDelta of the same, for groups that are selected privately
 * @param read whether it asks for single records, too
 */
record ContractWish(Instant from, int days, int uses, long nanoRho, long picoDelta, boolean read) {}
