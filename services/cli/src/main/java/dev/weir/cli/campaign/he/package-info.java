/**
 * Campaign {@code he-fuzz}: mutated envelopes of every kind that crosses a border in homomorphic
 * queries, through their readers and, where one passes, on into the native library. Start with
 * {@link dev.weir.cli.campaign.he.HeFuzzCampaign}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.campaign.he;
