package dev.weir.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.campaign.CampaignReport;
import dev.weir.cli.campaign.CrashCampaign;
import dev.weir.cli.campaign.CrashPlan;
import dev.weir.cli.campaign.check.Sources;
import dev.weir.cli.campaign.check.Violation;
import dev.weir.cli.campaign.check.Violation.Invariant;
import dev.weir.cli.stack.StackState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A few seeded rounds of {@code weir campaign crash}; then, on what they left, each invariant is
 * violated on purpose, because a checker that finds nothing may be one that looks at nothing.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashCampaignTest {
  private static final long SEED = 393; // kills the broker and the database
  private static final int ROUNDS = 2;
  private static CrashCampaign campaign;

  @BeforeAll
  static void start() throws Exception {
    var plan = new CrashPlan(StackState.named("campaign-test"), SEED, ROUNDS, 2_000);
    campaign = CrashCampaign.start(plan, new CampaignReport(System.out, true));
  }

  @AfterAll
  static void stop() {
    campaign.close();
  }

  @Test
  @Order(1)
  void killedParts_loseNothingAndDoubleNothing() throws Exception {
    assertThat(campaign.run()).isTrue();
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource(
      delimiter = '|',
      value = {
        "COUNTED_ONCE | update intake.runs set accepted = accepted + 1, total_rows = total_rows + 1"
            + " | update intake.runs set accepted = accepted - 1, total_rows = total_rows - 1",
        "COUNTED_ONCE | update intake.runs set end_offsets[1] = end_offsets[1] - 2"
            + " | update intake.runs set end_offsets[1] = end_offsets[1] + 2",
        "ACKNOWLEDGED | update query.queries set status = 'FAILED' where status = 'DONE'"
            + " | update query.queries set status = 'DONE' where answer is not null",
        "ACKNOWLEDGED | create table campaign_kept as select * from intake.runs; delete from intake.runs"
            + " | insert into intake.runs overriding system value select * from campaign_kept;"
            + "drop table campaign_kept",
        "BUDGET | update ledger.entries set nano_rho = nano_rho + 1"
            + " | update ledger.entries set nano_rho = nano_rho - 1",
        "BUDGET | update ledger.lineages set carved_nano_rho = carved_nano_rho + 1"
            + " | update ledger.lineages set carved_nano_rho = carved_nano_rho - 1",
        "LOG | update audit.checkpoint set size = size + 1000000"
            + " | update audit.checkpoint set size = size - 1000000",
        "ANSWERED_WITH_LEAVES | create table campaign_kept as select id, receipt_leaf from"
            + " query.queries; update query.queries set receipt_leaf = id where status = 'DONE'"
            + " | update query.queries q set receipt_leaf = k.receipt_leaf from campaign_kept k where"
            + " k.id = q.id; drop table campaign_kept",
        "BILL | update ledger.accounts set charged_fen = charged_fen + 1"
            + " | update ledger.accounts set charged_fen = charged_fen - 1",
        "CANARY | update intake.runs set detail = '$canary' | update intake.runs set detail = null",
        "CANARY | create table campaign_kept as select convert_to('$canary', 'UTF8') as hidden"
            + " | drop table campaign_kept",
      })
  void rowThatWasTamperedWith_isFound(Invariant invariant, String tamper, String undo)
      throws Exception {
    execute(tamper);
    try {
      assertThat(campaign.check()).extracting(Violation::invariant).contains(invariant);
    } finally {
      execute(undo);
    }
  }

  @Test
  @Order(3)
  void checkpointOfThePast_isFound() throws Exception {
    Path checkpoint = sources().log().resolve("checkpoint");
    Path cosigned = sources().log().resolve("cosigned").resolve("checkpoint");
    byte[] kept = Files.readAllBytes(checkpoint);
    byte[] keptCosigned = Files.readAllBytes(cosigned);
    var lines = Files.readAllLines(checkpoint);
    var older = String.join("\n", lines.getFirst(), "1", lines.get(2)) + "\n";
    try {
      Files.writeString(checkpoint, older);
      Files.writeString(cosigned, older);
      assertThat(found()).contains(Invariant.LOG);
    } finally {
      Files.write(checkpoint, kept);
      Files.write(cosigned, keptCosigned);
    }
  }

  @Test
  @Order(3)
  void twinOfOtherLeaves_isFound() throws Exception {
    Path twin = sources().log().resolve("sm3").resolve("checkpoint");
    byte[] kept = Files.readAllBytes(twin);
    var lines = Files.readAllLines(twin);
    String main = Files.readAllLines(sources().log().resolve("checkpoint")).get(2);
    try {
      Files.writeString(twin, String.join("\n", lines.getFirst(), lines.get(1), main) + "\n");
      assertThat(found()).contains(Invariant.LOG);
    } finally {
      Files.write(twin, kept);
    }
  }

  @Test
  @Order(3)
  void flippedBitInAPublishedEntry_isFound() throws Exception {
    Path bundle = newestBundle();
    byte[] kept = Files.readAllBytes(bundle);
    byte[] flipped = Arrays.copyOf(kept, kept.length);
    flipped[kept.length / 2] ^= 1;
    try {
      Files.write(bundle, flipped);
      assertThat(found()).contains(Invariant.LOG);
    } finally {
      Files.write(bundle, kept);
    }
  }

  @Test
  @Order(3)
  void canaryInALog_isFound() throws Exception {
    Path log = sources().platformFiles().getFirst().resolve("tampered.log");
    Files.writeString(log, "row refused: " + sources().canary());
    try {
      assertThat(found()).containsExactly(Invariant.CANARY);
    } finally {
      Files.delete(log);
    }
  }

  @Test
  @Order(4)
  void canaryInATopic_isFound() throws Exception {
    try (var admin = Admin.create(sources().kafka());
        var producer = producer()) {
      admin.createTopics(List.of(new NewTopic("campaign.probe", 1, (short) 1))).all().get();
      var message = new ProducerRecord<byte[], byte[]>("campaign.probe", new byte[0]);
      message.headers().add("note", sources().canary().getBytes());
      producer.send(message).get();
      assertThat(found()).containsExactly(Invariant.CANARY);
      admin.deleteTopics(List.of("campaign.probe")).all().get();
    }
  }

  @Test
  @Order(5)
  void checker_findsNothingOnceAllIsUndone() throws Exception {
    assertThat(campaign.check()).isEmpty();
  }

  @Test
  @Order(6)
  void recordThatIsThereTwice_isFound() throws Exception {
    try (var producer = producer();
        var consumer =
            new KafkaConsumer<>(
                sources().kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var topic =
          consumer.listTopics().keySet().stream()
              .filter(name -> name.startsWith("resource."))
              .findFirst()
              .orElseThrow();
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var first = consumer.poll(java.time.Duration.ofSeconds(20)).iterator().next();
      var copy = new ProducerRecord<>(topic, 0, first.key(), first.value());
      long offset = producer.send(copy).get().offset();
      execute(
          "update intake.runs set end_offsets[1] = "
              + (offset + 1)
              + " where data_version = 1 and status = 'SEALED'");
      assertThat(found()).contains(Invariant.COUNTED_ONCE);
    }
  }

  private static Sources sources() {
    return campaign.sources();
  }

  private static List<Invariant> found() throws Exception {
    return campaign.check().stream().map(Violation::invariant).distinct().toList();
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        new HashMap<>(sources().kafka()), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Path newestBundle() throws Exception {
    try (var walk = Files.walk(sources().log().resolve("tile").resolve("entries"))) {
      var size = Files.readAllLines(sources().log().resolve("checkpoint")).get(1);
      String width = Long.toString(Long.parseLong(size) % 256);
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains(".p") || file.endsWith(width))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void execute(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection(
                sources().jdbcUrl(), sources().databaseUser(), sources().databasePassword());
        var statement = connection.createStatement()) {
      statement.execute(
          "set session_replication_role = replica"); // past the triggers, as disks are
      statement.execute(sql.replace("$canary", sources().canary()));
    }
  }
}
