package dev.weir.acceptance.query;

import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.cli.client.PartyKey;
import dev.weir.cli.he.SumCommands;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.sum.Adder;
import dev.weir.query.sum.ColumnProducer;
import dev.weir.query.sum.CustodianKey;
import dev.weir.query.sum.InputMessage;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumParty;
import dev.weir.query.sum.SumSigner;
import dev.weir.query.sum.SumTask;
import dev.weir.query.sum.WindowClose;
import dev.weir.query.sum.stream.KafkaAdder;
import dev.weir.query.sum.stream.KafkaInputs;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.testkit.Account;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The parties of one sum, each with its own key and its own login at the broker. */
final class EncryptedColumns implements AutoCloseable {
  static final long NANO_RHO = 5_000_000;
  static final String WINDOW = "2026-11";
  static final String GROUP = "330100";
  private static final List<CreditCode> PRODUCERS =
      List.of(Account.party(31), Account.party(32), Account.party(33));
  private static final List<CreditCode> ADDERS = List.of(Account.party(34), Account.party(35));
  private static final CreditCode CLOSER = Account.party(36);
  private static final Column COLUMN =
      new Column(
          "minutes", ColumnType.INTEGER, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");

  final SumTask task;
  final ContractTerms contract;
  final Path heKey;
  final Path tasks;
  private final EmbeddedServices services;
  private final SecureRandom random = new SecureRandom();
  private final Map<CreditCode, KeyPair> keys = new HashMap<>();
  private final Path directory;
  private final PartyKey departmentKey;
  private final List<KafkaAdder> adders = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  EncryptedColumns(EmbeddedServices services, Path directory) throws IOException {
    this.services = services;
    this.directory = directory;
    Path passphrase = Files.writeString(directory.resolve("passphrase"), "only in this test");
    this.departmentKey =
        PartyKey.generate(
            SigningSuite.GM, directory.resolve("party.pem"), Secret.read(passphrase), random);
    this.contract = contract(services);
    this.heKey = directory.resolve("he.key");
    this.tasks = Files.createDirectory(directory.resolve("tasks"));
    String digest = CustodianKey.generate(heKey, random);
    this.task =
        new SumTask(
            1,
            contract.id(),
            contract.products().getFirst().id(),
            ControlPlane.BUILDER,
            ControlPlane.PURPOSE,
            "minutes",
            0,
            500,
            "records-8192-v1",
            digest,
            List.of(
                party(PRODUCERS.getFirst()),
                new SumParty(PRODUCERS.get(1), departmentKey.suite(), departmentKey.publicKey()),
                party(PRODUCERS.getLast())),
            ADDERS.stream().map(this::party).toList(),
            party(CLOSER),
            2,
            16,
            NANO_RHO);
    Files.write(tasks.resolve("minutes.json"), Json.mapper().writeValueAsBytes(task));
  }

  /** Encrypts and sends a department's values. */
  void produce(int producer, long... values) throws IOException {
    var self = PRODUCERS.get(producer);
    try (var column = new ColumnProducer(task, self, signer(self), publicKey(), random)) {
      send(column.encrypt(new SumBatch(task.id(), WINDOW, GROUP), 0, values));
    }
  }

  /** The second department encrypts a column of a file with the command; its exit status. */
  int produceByCommand(String csv) throws IOException {
    Path file = Files.writeString(directory.resolve("column.csv"), csv);
    return new CommandLine(new SumCommands())
        .execute(
            "produce",
            "--key",
            directory.resolve("party.pem").toString(),
            "--passphrase-file",
            directory.resolve("passphrase").toString(),
            "--broker",
            services.bootstrapServers(),
            "--password-file",
            services.brokerPassword("producer").toString(),
            "--task",
            tasks.resolve("minutes.json").toString(),
            "--party",
            PRODUCERS.get(1).value(),
            "--public-key",
            CustodianKey.publicFile(heKey).toString(),
            "--window",
            WINDOW,
            "--group",
            GROUP,
            "--column",
            "minutes",
            file.toString());
  }

  void close(String window) {
    send(new InputMessage.Close(WindowClose.signed(task, window, signer(CLOSER))));
  }

  /** Both adders, each with its own login. */
  void startAdders() {
    for (int i = 0; i < ADDERS.size(); i++) {
      var login = i == 0 ? "adder-one" : "adder-two";
      var self = ADDERS.get(i);
      var adder =
          new KafkaAdder(
              services.kafka(login), login, () -> new Adder(self, signer(self), List.of(task)));
      adders.add(adder);
      threads.add(Thread.ofPlatform().daemon().name(login).start(adder::run));
    }
  }

  private void send(InputMessage message) {
    try (var inputs = new KafkaInputs(services.kafka("producer"))) {
      inputs.send(message);
    }
  }

  private ByteBuffer publicKey() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(CustodianKey.publicFile(heKey)));
  }

  private SumParty party(CreditCode code) {
    var pair = SigningSuite.INTL.generate(random);
    keys.put(code, pair);
    return new SumParty(
        code, "intl", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  private SumSigner signer(CreditCode code) {
    var pair = Optional.ofNullable(keys.get(code)).orElseThrow();
    return message ->
        Base64.getEncoder()
            .encodeToString(SigningSuite.INTL.sign(pair.getPrivate(), message, random));
  }

  private static ContractTerms contract(EmbeddedServices services) {
    var plane = services.controlPlane();
    var domain = plane.openDomain();
    var lineage = LineageId.random();
    var resource = plane.openResource(domain, lineage, new RecordSchema(List.of(COLUMN)));
    var product =
        new ProductTerms(
            ProductId.random(),
            resource,
            lineage,
            domain,
            ControlPlane.PROVIDER,
            ProductKind.DP,
            "encrypted_minutes",
            Bilingual.same("minutes"),
            Bilingual.same("minutes that departments encrypt"),
            List.of(),
            Optional.empty(),
            20,
            new Price(100, 1_000, 1, 1_000_000),
            true);
    return plane.sign(List.of(product), 2 * NANO_RHO, 1_000);
  }

  @Override
  public void close() throws InterruptedException {
    adders.forEach(KafkaAdder::stop);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
