package dev.weir.acceptance.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.ReleasedCells;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.compliance.Control;
import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProductId;
import dev.weir.policy.product.Rollup;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.Conversation;
import dev.weir.query.he.client.Expected;
import dev.weir.query.he.client.HiddenSums;
import dev.weir.query.he.client.HiddenSums.Question;
import dev.weir.query.he.client.Keeping;
import dev.weir.query.he.client.SavedReply;
import dev.weir.query.he.client.Selection;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.rollup.PublishedCells;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.signing.SigningSuite;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two workers share the tiles of one product; what they come to is added up and done over. */
@ExtendWith(SharedServices.class)
class SharedCellsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair SIGNING = SigningSuite.INTL.generate(RANDOM);
  private static final String KEY_ID = "builder-sharing-key";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Keeping UNKEPT = Keeping.untilThisProcessEnds();

  /** Three blocks of cells: three shares. */
  private static final int CITIES = 8_203;

  @TempDir private Path directory;

  @Test
  @Control({"HEQ-01", "HEQ-04"})
  void productWhoseTilesAreShared_isAnsweredExactly_andDoneOverLikeAnyOther(
      EmbeddedServices services) throws Exception {
    // given
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    var product =
        facts
            .wide("wide", CITIES)
            .with(new Rollup(List.of("city"), List.of("amount"), 200_000_000));
    var contract = control.sign(List.of(product), 400_000_000, 50);
    control.registerKey(
        ControlPlane.BUILDER,
        new ParticipantState.Key(
            KEY_ID, "intl", Base64.getEncoder().encodeToString(SIGNING.getPublic().getEncoded())));
    var asker = new LookupAsker(services, contract, product, SIGNING, KEY_ID);
    var worker =
        Map.<String, Object>of(
            "roles",
            List.of("HE_WORKER"),
            "evaluators",
            2,
            "directory",
            directory.toString(),
            "evaluationDeadline",
            "PT60S");
    try (var topics = new ReleasedCells(services)) {
      topics.awaitEpoch(contract, 1);
    }
    var begun = begunByAMemberThatDied(services, asker, contract.id(), product.id());
    try (var ignored = services.startQuery(worker);
        var key = BuilderKey.generate(HeParameters.CELLS_4096, RANDOM)) {
      var sums = new HiddenSums(key);
      var conversation = new Conversation(asker, sums);
      awaitTwoMembers(services);
      // then what a dead member had begun ends, with evidence, and its message stops nobody
      assertThat(
              Waiting.until(
                  PATIENCE, () -> asker.read(begun).path("status").asText().equals("FAILED")))
          .isTrue();
      assertThat(asker.read(begun).path("problem").asText()).isEqualTo("worker-ended");
      assertThat(asker.read(begun).path("releaseLeaf").asText()).isNotEmpty();
      // when: a sum over all three shares, and single cells of the first and the last
      var ticket =
          conversation.ticket(
              contract.id().toString(), product.id().toString(), ControlPlane.PURPOSE);
      var all = Selection.where(ticket, Map.of());
      var summed =
          answered(conversation.ask(ticket, sums.ask(ticket, all, asker), UNKEPT, PATIENCE));
      var lost =
          conversation.ticket(
              contract.id().toString(), product.id().toString(), ControlPlane.PURPOSE);
      killedInTheMiddle(services, conversation, lost, sums.ask(lost, all, asker));
      var few = asker.few(conversation);
      var cities = few.keys().getFirst().values();
      var rows =
          List.of(
              new Selection.Weighted(List.of(cities.getFirst()), 1),
              new Selection.Weighted(List.of(cities.getLast()), 1));
      var question =
          conversation.few(few, Selection.weighted(few, rows), key, UploadedKeys.inMemory(), asker);
      var found = answered(conversation.ask(few, question, UNKEPT, PATIENCE));
      // then
      var cells = cells(services, ticket);
      long total = 0;
      for (int cell = 0; cell < CITIES; cell++) {
        total += cells.value(cell, 0);
      }
      long two = cells.value(0, 0) + cells.value(CITIES - 1, 0);
      assertThat(sums.open(summed, Expected.anything()).get("count"))
          .isEqualByComparingTo(BigDecimal.valueOf(total));
      assertThat(sums.open(found, Expected.anything()).get("count"))
          .isEqualByComparingTo(BigDecimal.valueOf(two));
      for (var asked : List.of(ticket, few)) {
        assertThat(
                services.stored(
                    "select shares from query.he_tickets where id = '" + asked.id() + "'"))
            .containsExactly("3");
        assertThat(AuditedEvaluation.of(services, asked.id()).doneOver().findings()).isEmpty();
      }
      // the killed question may still be ending
      assertThat(
              Waiting.until(
                  PATIENCE,
                  () -> services.stored("select ticket_id from query.he_shares").isEmpty()))
          .as("what shares came to is not kept")
          .isTrue();
    }
  }

  /**
   * What a member leaves that is killed with a share under way: the share is begun and without a
   * result, and its message was not committed, so that it comes again.
   */
  private static UUID begunByAMemberThatDied(
      EmbeddedServices services, LookupAsker asker, ContractId contract, ProductId product) {
    try (var key = BuilderKey.generate(HeParameters.CELLS_4096, RANDOM)) {
      var sums = new HiddenSums(key);
      var ticket =
          new Conversation(asker, sums)
              .ticket(contract.toString(), product.toString(), ControlPlane.PURPOSE);
      var question = sums.ask(ticket, Selection.where(ticket, Map.of()), asker).bytes();
      byte[] bytes = new byte[question.remaining()];
      question.duplicate().get(bytes);
      asker.ask(ticket.id(), bytes);
      services.asSuperuser(
          "update query.he_tickets set status = 'RUNNING' where id = '"
              + ticket.id()
              + "'; insert into query.he_shares (ticket_id, share) values ('"
              + ticket.id()
              + "', 1)");
      return ticket.id();
    }
  }

  /** At most the running question fails, and says why; the next one is answered. */
  private void killedInTheMiddle(
      EmbeddedServices services, Conversation conversation, Ticket ticket, Question question)
      throws Exception {
    var child =
        ProcessMark.read(Evaluator.mark(directory.resolve("he"), "he-worker-2")).orElseThrow();
    signal("STOP", child);
    var running =
        CompletableFuture.supplyAsync(() -> conversation.ask(ticket, question, UNKEPT, PATIENCE));
    String begun = "select share from query.he_shares where ticket_id = '" + ticket.id() + "'";
    assertThat(Waiting.until(PATIENCE, () -> services.stored(begun).size() > 1)).isTrue();
    signal("KILL", child);
    switch (running.join()) {
      case Conversation.Ended.Answered answered ->
          assertThat(answered.reply()).as("by the spare child").isNotNull();
      case Conversation.Ended.Waiting waiting ->
          throw new AssertionError("the question has not ended " + waiting.ticket().id());
      case Conversation.Ended.Failed failed -> {
        assertThat(failed.ticket().problem()).contains("worker-ended");
        assertThat(failed.ticket().releaseLeaf()).isPresent();
      }
    }
  }

  private static void signal(String name, ProcessMark to) throws Exception {
    String pid = Long.toString(to.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** Each with partitions of its own, so that each holds shares of its own. */
  private static void awaitTwoMembers(EmbeddedServices services) {
    try (var admin = services.brokerAdmin()) {
      boolean two =
          Waiting.until(
              PATIENCE,
              () -> {
                try {
                  return admin
                          .describeConsumerGroups(List.of("query-he-worker"))
                          .all()
                          .get()
                          .values()
                          .iterator()
                          .next()
                          .members()
                          .stream()
                          .filter(member -> member.assignment().topicPartitions().size() == 2)
                          .count()
                      == 2;
                } catch (InterruptedException | ExecutionException e) {
                  return false;
                }
              });
      assertThat(two).isTrue();
    }
  }

  private static SavedReply answered(Conversation.Ended ended) {
    assertThat(ended).isInstanceOf(Conversation.Ended.Answered.class);
    return ((Conversation.Ended.Answered) ended).reply();
  }

  private static PublishedCells cells(EmbeddedServices services, Ticket ticket) throws Exception {
    var stored = AuditedEvaluation.of(services, ticket.id()).table();
    return PublishedCells.ofTiles(CITIES, 2, stored);
  }
}
