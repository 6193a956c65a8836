package dev.weir.benchmarks.sums;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.query.sum.Adder;
import dev.weir.query.sum.AddingLine;
import dev.weir.query.sum.stream.KafkaInputs;
import dev.weir.query.sum.stream.SumTopics;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * An adder on a real broker against a consumer that reads the same bytes and looks at none. Both
 * read all inputs, in turn, several times; the best round of each counts. What was added is opened
 * at the end and must be exact.
 */
public final class SumBenchmark implements Benchmark {
  private static final double MEGABYTE = 1e6;
  private static final Duration POLL = Duration.ofMillis(20);

  @Override
  public String name() {
    return "sums";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    var principals = TopicCatalogue.load().principals();
    try (var scratch = settings.scratch();
        var kafka =
            EmbeddedKafka.startInProcess(
                KafkaSettings.temporary(scratch.path().resolve("broker"), principals)
                    .with(KafkaSettings.Timeouts.ORDINARY));
        var parties = new Parties(scratch.path())) {
      try (var admin = kafka.admin()) {
        TopicCatalogue.load().ensureTopics(admin);
        TopicCatalogue.load().ensureAccess(admin);
      }
      write(settings, sheet, kafka, parties);
    }
  }

  private static void write(Settings settings, Sheet sheet, EmbeddedKafka kafka, Parties parties)
      throws Exception {
    int inputs = settings.pick(80, 400);
    try (var sending = new KafkaInputs(as(kafka, "producer"))) {
      for (int i = 0; i < inputs; i++) {
        sending.send(parties.input(i));
      }
    }
    var reading = as(kafka, "adder-one");
    var plain = new double[settings.pick(2, 5)];
    var adding = new double[plain.length];
    for (int round = 0; round < plain.length; round++) {
      plain[round] = megabytesPerSecond(reading, inputs, ConsumerRecords::count);
      try (var adder = parties.adder();
          var line = new AddingLine(adder)) {
        adding[round] = megabytesPerSecond(reading, inputs, messages -> added(line, messages));
        sheet.exactly("sum opened, off by", (double) parties.offBy(adder, inputs), "", 0);
      }
    }
    double consumed = Arrays.stream(plain).max().orElseThrow();
    double added = Arrays.stream(adding).max().orElseThrow();
    sheet.against("inputs verified and added", added, "MB/s", "plain consumption", consumed);
    sheet.atLeast("share of plain consumption", added / consumed, "", 0.5);
    sheet.against(
        "values added",
        added * parties.slotsPerMegabyte(),
        "slots/s",
        "plain consumption",
        consumed * parties.slotsPerMegabyte());
  }

  /** What an adder does between two polls; returns how many are through. */
  private static int added(AddingLine line, ConsumerRecords<byte[], byte[]> messages) {
    messages.forEach(message -> line.offer(message.value(), task -> true));
    var taken = line.take(messages.count());
    if (!taken.stream().allMatch(Adder.Taken.Added.class::isInstance)) {
      throw new IllegalStateException("a good input was left out");
    }
    return taken.size();
  }

  private static double megabytesPerSecond(
      KafkaClients kafka, int inputs, ToIntFunction<ConsumerRecords<byte[], byte[]>> taker) {
    try (var consumer = kafka.bytesConsumer()) {
      var partitions =
          consumer.partitionsFor(SumTopics.INPUTS).stream()
              .map(info -> new TopicPartition(SumTopics.INPUTS, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (consumer.poll(POLL).isEmpty()) {
        Thread.onSpinWait(); // login and first fetch are not what is measured
      }
      consumer.seekToBeginning(partitions);
      long bytes = 0;
      int through = 0;
      long start = System.nanoTime();
      while (through < inputs) {
        var messages = consumer.poll(POLL);
        for (var message : messages) {
          bytes += message.value().length;
        }
        through += taker.applyAsInt(messages);
      }
      return bytes / MEGABYTE / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static KafkaClients as(EmbeddedKafka kafka, String login) {
    return new KafkaClients(
        new KafkaAccess(
            kafka.bootstrapServers(), login, Secret.read(kafka.user(login).passwordFile())),
        new NoSchemas());
  }

  /** Messages of sums are bytes. */
  private static final class NoSchemas implements SchemaIds {
    @Override
    public int idOf(String subject, Schema schema) {
      throw new SchemaRefused("messages of sums have no schema");
    }

    @Override
    public Schema schemaOf(int id) {
      throw new SchemaRefused("messages of sums have no schema");
    }
  }
}
