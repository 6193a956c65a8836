package dev.weir.query.he;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.testkit.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeTicketTest {
  private static final Instant ASKED = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration SLOT = Duration.ofMillis(250);

  /** Whenever it ended within a slot, and however, the outcome is told at the slot's end. */
  @ParameterizedTest
  @EnumSource(QuestionKind.class)
  void outcome_isToldAtTheEndOfItsSlot_andNotAMomentBefore(QuestionKind kind) {
    for (var status : List.of(HeTicket.Status.DONE, HeTicket.Status.FAILED)) {
      var ticket = ticket(kind, status);
      long before = 0;
      for (long due : new long[] {250, 500, 1_000, 2_000, 4_000}) {
        for (long ended : new long[] {before + 1, (before + due) / 2, due}) {
          var at = ASKED.plusMillis(ended);
          assertThat(ticket.mayTell(at, at, SLOT)).isEqualTo(ended == due);
          assertThat(ticket.mayTell(ASKED.plusMillis(due).minusNanos(1), at, SLOT)).isFalse();
          assertThat(ticket.mayTell(ASKED.plusMillis(due), at, SLOT)).isTrue();
        }
        before = due;
      }
    }
  }

  private static HeTicket ticket(QuestionKind kind, HeTicket.Status status) {
    CreditCode party = Account.party(13);
    return new HeTicket(
        UUID.randomUUID(),
        kind,
        new ContractId(UUID.randomUUID()),
        new ProductId(UUID.randomUUID()),
        party,
        party,
        "subject",
        "ab".repeat(16),
        1,
        kind.looksUp() ? HeParameters.LOOKUP_4096 : HeParameters.CELLS_4096,
        3,
        2,
        20,
        1,
        "cd".repeat(32),
        LeafId.random(),
        "rule",
        "bundle",
        List.of(),
        ASKED.minusSeconds(1),
        ASKED.plusSeconds(600),
        status,
        Optional.of(ASKED),
        Optional.empty(),
        Optional.empty());
  }
}
