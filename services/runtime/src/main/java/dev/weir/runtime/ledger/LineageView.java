package dev.weir.runtime.ledger;

import dev.weir.kernel.LineageId;

/** A lineage's budget, for its provider and operator; consumers see {@link AllotmentView} only. */
public record LineageView(
    LineageId lineageId,
    long capNanoRho,
    long carvedNanoRho,
    long spentNanoRho,
    long capPicoDelta,
    long carvedPicoDelta,
    long spentPicoDelta) {}
