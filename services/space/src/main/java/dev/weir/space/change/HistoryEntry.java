package dev.weir.space.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.CreditCode;
import java.time.Instant;

/**
 * One past change of one thing: who, when, which step, and the thing as it was afterwards.
 *
 * @param subject the account's id at the identity server
 */
public record HistoryEntry(
    long version, Instant at, String step, CreditCode party, String subject, JsonNode document) {}
