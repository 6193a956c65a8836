package dev.weir.query.plan;

import dev.weir.kernel.LineageId;

/**
 * What an answer costs one lineage, known before any data is read.
 *
 * @param nanoRho zCDP ρ in 10⁻⁹
 * @param picoDelta δ in 10⁻¹²; 0 unless groups are selected privately
 */
public record Cost(LineageId lineage, long nanoRho, long picoDelta) {}
