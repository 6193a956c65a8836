/**
 * Campaign {@code he-fuzz}: mutated envelopes through the gate for foreign ciphertexts and, where
 * one passes, on into the native library. Start with {@link
 * dev.weir.cli.campaign.he.HeFuzzCampaign}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.campaign.he;
