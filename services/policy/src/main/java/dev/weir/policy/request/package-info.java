/**
 * What an enforcement point knows about one use: subject, action, object, environment. All facts
 * come in with the request; an unknown fact is absent and never counts in the requester's favour.
 * Start with {@link dev.weir.policy.request.UsageRequest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.request;
