package dev.weir.space.participant;

import dev.weir.kernel.CreditCode;
import java.time.Instant;
import java.util.UUID;

/**
 * What a caller signs to prove that it holds the private half of a key. Valid once, for a short
 * time.
 *
 * @param keyId the first 32 hex digits of the SHA-256 of the public key
 * @param toSign base64 of the bytes to sign; they name their purpose, so that the signature is good
 *     for nothing else
 */
public record KeyChallenge(
    UUID id, CreditCode creditCode, String suite, String keyId, String toSign, Instant expiresAt) {}
