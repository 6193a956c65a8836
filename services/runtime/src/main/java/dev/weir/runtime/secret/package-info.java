/**
 * Passwords and passphrases while they are in memory: never printed, compared in constant time,
 * readable only where a {@link dev.weir.runtime.secret.SecretAccess} says why. Start with {@link
 * dev.weir.runtime.secret.Secret}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.secret;
