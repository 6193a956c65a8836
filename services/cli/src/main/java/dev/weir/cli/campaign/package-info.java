/**
 * Long trials of a real stack: parts are killed while it works, and what is durable is held to the
 * invariants after every round. Whatever it starts it stops. Start with {@link
 * dev.weir.cli.campaign.CrashCampaign}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.campaign;
