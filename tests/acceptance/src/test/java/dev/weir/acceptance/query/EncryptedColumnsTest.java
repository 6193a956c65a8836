package dev.weir.acceptance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.compliance.Control;
import dev.weir.privacy.account.GaussianError;
import dev.weir.testkit.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Departments, two adders and a custodian, each with its own login at a broker that refuses. */
@ExtendWith(SharedServices.class)
class EncryptedColumnsTest {

  @Test
  @Control("HEQ-07")
  void encryptedColumns_throughTwoAddersAndACustodian_areSummedChargedAndReadOnce(
      EmbeddedServices services, @TempDir Path directory) throws Exception {
    try (var columns = new EncryptedColumns(services, directory)) {
      // given a contract that the topics know, and adders that come before and after the inputs
      var asking = Asking.under(services, columns.contract);
      Records.await(() -> allotments(asking).status(), status -> status == 200);
      columns.produce(0, 100, 200, 300);
      columns.startAdders();
      assertThat(columns.produceByCommand("day,minutes\n1,501\n")).isNotZero(); // out of bounds
      assertThat(columns.produceByCommand("day,minutes\n1,40\n2,0\n3,\n4,1\n")).isZero();
      columns.close(EncryptedColumns.WINDOW);
      // when
      try (var custodian =
          services.startCustodian(
              Map.of("heKey", columns.heKey.toString(), "tasks", columns.tasks.toString()))) {
        var path =
            "/v1/sums/"
                + columns.task.id()
                + "/"
                + EncryptedColumns.WINDOW
                + "/"
                + EncryptedColumns.GROUP;
        var answer =
            Records.await(
                () -> custodian.as(Asking.ANALYST).get(path),
                one -> !one.json().path("status").asText().equals("WAITING"));
        // then
        assertThat(answer.json().path("status").asText()).as(answer.body()).isEqualTo("RELEASED");
        long bound = GaussianError.simultaneousBound(columns.task.noiseVariance(), 1);
        assertThat(Long.parseLong(answer.json().path("sum").asText()))
            .isBetween(641 - bound, 641 + bound);
        assertThat(answer.json().path("rangesProven").asBoolean()).isFalse();
        assertThat(answer.json().path("leaf").asText()).isNotEmpty();
        assertThat(allotments(asking).json().path(0).path("spentNanoRho").asLong())
            .isEqualTo(EncryptedColumns.NANO_RHO);
        assertThat(custodian.as(Asking.RIVAL).get(path).status()).isEqualTo(404);
        assertThat(custodian.anonymous().get(path).status()).isEqualTo(401);
      }
    }
  }

  @Test
  @Control("HEQ-08")
  void nobodyReadsWhatIsNotForThem(EmbeddedServices services) {
    assertUnreadable(services, "custodian", "sums.inputs");
    assertUnreadable(services, "custodian", "query.cells");
    assertUnreadable(services, "producer", "sums.inputs");
    assertUnreadable(services, "query", "sums.inputs");
    assertUnreadable(services, "adder-one", "sums.adder-two");
    assertUnreadable(services, "adder-one", "sums.adder-one");
    assertUnreadable(services, "adder-one", "audit.evidence");
    assertUnwritable(services, "adder-two", "sums.adder-one");
    assertUnwritable(services, "adder-one", "sums.inputs");
    assertUnwritable(services, "custodian", "sums.inputs");
    // and the same login reads what is for it, so that the refusals above mean something
    try (var consumer = services.kafka("custodian").bytesConsumer()) {
      var partition = new TopicPartition("sums.adder-one", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      assertThat(consumer.poll(Duration.ofMillis(200))).isNotNull();
    }
  }

  private static Answer allotments(Asking asking) {
    return asking.analyst().get("/v1/contracts/" + asking.contract() + "/allotments");
  }

  private static void assertUnreadable(EmbeddedServices services, String login, String topic) {
    try (var consumer = services.kafka(login).bytesConsumer()) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
          .as("%s reads %s", login, topic)
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  private static void assertUnwritable(EmbeddedServices services, String login, String topic) {
    try (var producer = services.kafka(login).bytesProducer()) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>(topic, new byte[1], new byte[1])).get())
          .as("%s writes %s", login, topic)
          .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }
  }
}
