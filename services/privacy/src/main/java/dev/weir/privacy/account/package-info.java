/**
 * Privacy accounting in zero-concentrated differential privacy. The ledger's unit is {@code
 * nanoRho}: ρ in units of 10⁻⁹, a {@code long}, added exactly; whatever is charged is rounded up.
 * The conversion to (ε, δ) and all error bounds read parameters only, never data. Start with {@link
 * dev.weir.privacy.account.Zcdp}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.account;
