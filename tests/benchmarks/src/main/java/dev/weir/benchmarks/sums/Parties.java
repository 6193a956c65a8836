package dev.weir.benchmarks.sums;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.query.sum.Adder;
import dev.weir.query.sum.ColumnProducer;
import dev.weir.query.sum.CustodianKey;
import dev.weir.query.sum.InputMessage;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumParty;
import dev.weir.query.sum.SumSigner;
import dev.weir.query.sum.SumTask;
import dev.weir.query.sum.WindowClose;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two departments that fill every slot, an adder, and the key that opens what it added. */
final class Parties implements AutoCloseable {
  private static final int VALUE = 17;
  private static final int CIPHERTEXT_BYTES = 524_401;
  private static final double MEGABYTE = 1e6;
  private static final String WINDOW = "w1";

  private final SecureRandom random = new SecureRandom();
  private final Map<CreditCode, KeyPair> keys = new HashMap<>();
  private final SumTask task;
  private final CustodianKey key;
  private final List<ColumnProducer> producers;

  Parties(Path directory) throws IOException {
    Path file = directory.resolve("he.key");
    String digest = CustodianKey.generate(file, random);
    this.key = CustodianKey.read(file, random);
    this.task =
        new SumTask(
            1,
            ContractId.random(),
            ProductId.random(),
            code(6),
            "bench",
            "value",
            0,
            100,
            "records-8192-v1",
            digest,
            List.of(party(0), party(1)),
            List.of(party(2), party(3)),
            party(4),
            2,
            SumTask.MAX_INPUTS,
            1_000_000);
    var publicKey = ByteBuffer.wrap(Files.readAllBytes(CustodianKey.publicFile(file)));
    this.producers = List.of(producer(0, publicKey), producer(1, publicKey));
  }

  InputMessage.Input input(int number) {
    var producer = producers.get(number % producers.size());
    var values = new long[producer.slots()];
    Arrays.fill(values, VALUE);
    return producer.encrypt(new SumBatch(task.id(), WINDOW, "g"), number, values);
  }

  Adder adder() {
    return new Adder(code(2), signer(code(2)), List.of(task));
  }

  /** How far the sum of all inputs is from what it must be. */
  long offBy(Adder adder, int inputs) {
    var close = new InputMessage.Close(WindowClose.signed(task, WINDOW, signer(code(4))));
    if (!(adder.take(close.toBytes()) instanceof Adder.Taken.Closed closed)) {
      throw new IllegalStateException("the window did not close");
    }
    long expected = (long) inputs * VALUE * producers.getFirst().slots();
    return key.total(closed.sums().getFirst().ciphertext()).longValueExact() - expected;
  }

  double slotsPerMegabyte() {
    return producers.getFirst().slots() * MEGABYTE / CIPHERTEXT_BYTES;
  }

  private ColumnProducer producer(int number, ByteBuffer publicKey) {
    return new ColumnProducer(
        task, code(number), signer(code(number)), publicKey.duplicate(), random);
  }

  private SumParty party(int number) {
    var pair = SigningSuite.INTL.generate(random);
    keys.put(code(number), pair);
    return new SumParty(
        code(number), "intl", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  private SumSigner signer(CreditCode code) {
    var pair = Optional.ofNullable(keys.get(code)).orElseThrow();
    return message ->
        Base64.getEncoder()
            .encodeToString(SigningSuite.INTL.sign(pair.getPrivate(), message, random));
  }

  private static CreditCode code(int number) {
    String body = "9133010000000000" + number;
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  @Override
  public void close() {
    producers.forEach(ColumnProducer::close);
    key.close();
  }
}
