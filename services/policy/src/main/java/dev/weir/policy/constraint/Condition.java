package dev.weir.policy.constraint;

/** One checked constraint. Equal conditions mean the same. Immutable. */
public sealed interface Condition
    permits TimeBound,
        InWindow,
        TokenCondition,
        RegionCondition,
        NetworkCondition,
        Limit,
        AlgorithmSet {

  Truth test(Atom atom);
}
