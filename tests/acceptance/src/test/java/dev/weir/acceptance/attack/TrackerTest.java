package dev.weir.acceptance.attack;

import static dev.weir.acceptance.stack.Asking.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.policy.contract.ContractTerms;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three sums, no two of them close, that come to the sum of three records; and the same three asked
 * of a service that was put together without the check.
 */
@ExtendWith(SharedServices.class)
class TrackerTest {
  private static final String LOW = "SELECT SUM(amount) FROM facts WHERE i < 700";
  private static final String HIGH = "SELECT SUM(amount) FROM facts WHERE i >= 697 AND i < 1400";
  private static final String BOTH = "SELECT SUM(amount) FROM facts WHERE i < 1400";

  private static EmbeddedServices services;

  @BeforeAll
  static void start(EmbeddedServices shared) {
    services = shared;
  }

  @Test
  void threeSums_thatComeToThreeRecords_areNotAllReleased() {
    var asking = Asking.under(services, freshContract());
    number(asking.ask(LOW));
    number(asking.ask(HIGH));
    var third = asking.ask(BOTH);
    assertThat(rule(third)).as(third.toString()).isEqualTo("differencing");
    assertThat(third.has("answer") && !third.path("answer").isNull()).isFalse();
  }

  /** The control: the attack works where nothing stands in its way. */
  @Test
  void threeSums_giveThreeRecordsAway_whereNothingIsChecked() {
    var terms = freshContract();
    try (var unchecked = services.startQueryWithoutDifferencingCheck()) {
      var asking = new Asking(unchecked.as(Asking.ANALYST), terms.id());
      var low = number(asking.ask(LOW));
      var high = number(asking.ask(HIGH));
      var both = number(asking.ask(BOTH));
      // Records 697, 698 and 699 have amounts of 69.7, 69.8 and 69.9.
      assertThat(low.add(high).subtract(both)).isEqualByComparingTo("209.4");
    }
  }

  /**
   * A refusal tells about one bit; whoever collects them is stopped before the records are read.
   */
  @Test
  void questionsThatAreRefusedForTheRecords_areNotTakenForEver() throws Exception {
    var asking = Asking.under(services, freshContract());
    var rules = new ConcurrentLinkedQueue<String>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 100; i++) {
        String sql = "SELECT COUNT(*) FROM facts WHERE i = " + i;
        pool.execute(() -> rules.add(rule(asking.ask(sql))));
      }
    }
    assertThat(rules).hasSize(100).containsOnly("min-group");
    var large = asking.ask("SELECT COUNT(*) FROM facts WHERE i < 700");
    assertThat(rule(large)).as(large.toString()).isEqualTo("max-telling-refusals");
  }

  /** Records and lineage of its own, so that no earlier answer counts. */
  private static ContractTerms freshContract() {
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    return control.sign(List.of(facts.exact("facts")), 0, 100);
  }

  private static BigDecimal number(JsonNode view) {
    assertThat(view.path("status").asText()).as(view.toString()).isEqualTo("DONE");
    var cell = view.path("answer").path("rows").path(0).path(0);
    return new BigDecimal(cell.path("number").asText());
  }
}
