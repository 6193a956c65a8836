/**
 * Speaks to the services over HTTP as one account: profile, token, requests, problems. Start with
 * {@link dev.weir.cli.client.WeirClient}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.client;
