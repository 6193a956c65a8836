package dev.weir.policy.request;

import dev.weir.policy.term.Action;

/** One use asked for, as the enforcement point observed it. Immutable. */
public record UsageRequest(
    Subject subject, Action action, UseObject object, Environment environment) {}
