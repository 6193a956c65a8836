/**
 * What {@code deploy/} holds, started without a container engine. Start with {@link
 * dev.weir.acceptance.deploy.DeployedPartsTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.deploy;
