package dev.weir.policy.contract;

import dev.weir.kernel.CreditCode;

/** A party of a contract. */
public record Party(PartyType type, CreditCode creditCode) {}
