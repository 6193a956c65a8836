package dev.weir.cli.campaign.he;

import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.query.sum.Adder;
import dev.weir.query.sum.Adder.Taken;
import dev.weir.query.sum.ColumnProducer;
import dev.weir.query.sum.CustodianKey;
import dev.weir.query.sum.CustodyRules;
import dev.weir.query.sum.InputMessage;
import dev.weir.query.sum.InputStatement;
import dev.weir.query.sum.SignedInput;
import dev.weir.query.sum.SignedSum;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumParty;
import dev.weir.query.sum.SumTask;
import dev.weir.query.sum.WindowClose;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What stands on the topics of encrypted sums: inputs, closes and what adders sign of them, broken
 * by a stranger, and by a producer or an adder of the task who signs what it broke. Confined to one
 * thread.
 */
final class SumEnvelopes implements AutoCloseable {
  private static final int PRODUCERS = 2;
  private static final String WINDOW = "2026-11";
  private static final SigningSuite SUITE = SigningSuite.INTL;

  private final SecureRandom random;
  private final Map<CreditCode, KeyPair> pairs = new HashMap<>();
  private final SumTask task;
  private final Adder adder;
  private final InputMessage.Input input;
  private final SignedSum sum;
  private long windows;

  /**
   * @param directory for the custodian's key
   */
  SumEnvelopes(Path directory, SecureRandom random) {
    this.random = random;
    var publicKey = ByteBuffer.wrap(custodian(directory.resolve("custodian.key"), random));
    this.task = task(Json.sha256Hex(publicKey.array()));
    this.adder = new Adder(adder(0), message -> sign(adder(0), message), List.of(task));
    try (var other = new Adder(adder(1), message -> sign(adder(1), message), List.of(task))) {
      this.input = input(0, publicKey);
      other.take(input.toBytes());
      other.take(input(1, publicKey).toBytes());
      adder.take(input.toBytes()); // so that it holds one sum from now on
      this.sum = ((Taken.Closed) other.take(close(WINDOW))).sums().getFirst();
    }
  }

  List<Sample> all() {
    byte[] message = input.toBytes();
    byte[] close = close("2026-12");
    byte[] signed = sum.toBytes();
    var ciphertext = new byte[input.ciphertext().remaining()];
    input.ciphertext().duplicate().get(ciphertext);
    return List.of(
        Sample.of("input", message, Sample.Document.after(Integer.BYTES, message), this::added)
            .orAbsent(() -> InputMessage.read(null).isPresent()),
        Sample.of("signed ciphertext", ciphertext, this::signedAndAdded),
        Sample.of("close", close, Sample.Document.after(Integer.BYTES, close), this::added),
        Sample.of("sum", signed, Sample.Document.after(Integer.BYTES, signed), this::heard)
            .orAbsent(() -> SignedSum.read(null).isPresent()),
        Sample.of(
            "signed sum",
            signed,
            Sample.Document.after(Integer.BYTES, signed),
            this::signedAndHeard));
  }

  @Override
  public void close() {
    adder.close();
  }

  /** By the adder, which has had the good one before, or has it now. */
  private boolean added(byte[] message) {
    return switch (adder.take(message)) {
      case Taken.Refused refused -> false;
      case Taken.Added added -> true;
      case Taken.Repeated repeated -> true;
      case Taken.Closed closed -> true;
    };
  }

  /** A producer of the task signs whatever this is, into a window of its own, which then ends. */
  private boolean signedAndAdded(byte[] ciphertext) {
    String window = "w" + windows++;
    var said =
        new InputStatement(
            InputStatement.KIND,
            producer(0),
            new SumBatch(task.id(), window, "g"),
            0,
            Json.sha256Hex(ciphertext));
    var one = new SignedInput(said, sign(producer(0), Json.canonical(said)));
    boolean fits = ciphertext.length < 600_000; // a topic takes no more
    boolean added =
        fits && added(new InputMessage.Input(one, ByteBuffer.wrap(ciphertext)).toBytes());
    int sums = ((Taken.Closed) adder.take(close(window))).sums().size();
    if (sums != (added ? 1 : 0)) {
      throw new IllegalStateException("what was added is not what is signed");
    }
    return added;
  }

  /** By the custodian, as the first of two. */
  private boolean heard(byte[] message) {
    return SignedSum.read(message)
        .filter(this::isOfTheTask)
        .filter(one -> CustodyRules.refusal(task, one).isEmpty())
        .isPresent();
  }

  /** Two adders of the task who act together sign whatever this says; all other rules decide. */
  private boolean signedAndHeard(byte[] message) {
    return SignedSum.read(message)
        .filter(this::isOfTheTask)
        .map(one -> new CustodyRules().refusal(task, signedBy(0, one), signedBy(1, one)))
        .filter(Optional::isEmpty)
        .isPresent();
  }

  private boolean isOfTheTask(SignedSum one) {
    return one.statement().batch().task().equals(task.id());
  }

  private SignedSum signedBy(int number, SignedSum one) {
    var party = adder(number);
    String signature = sign(party, Json.canonical(one.statement()));
    return new SignedSum(new SignedSum.Signed(party, one.statement(), signature), one.ciphertext());
  }

  private InputMessage.Input input(int producer, ByteBuffer publicKey) {
    var self = producer(producer);
    try (var column =
        new ColumnProducer(
            task, self, message -> sign(self, message), publicKey.duplicate(), random)) {
      return column.encrypt(new SumBatch(task.id(), WINDOW, "g"), 0, new long[] {1, 2, 3});
    }
  }

  private byte[] close(String window) {
    var closed = WindowClose.signed(task, window, message -> sign(code(9), message));
    return new InputMessage.Close(closed).toBytes();
  }

  private SumTask task(String publicKeySha256) {
    return new SumTask(
        1,
        ContractId.random(),
        ProductId.random(),
        code(8),
        "trial",
        "minutes",
        -100,
        1_000,
        HeParameters.RECORDS_8192.label(),
        publicKeySha256,
        IntStream.range(0, PRODUCERS).mapToObj(i -> party(producer(i))).toList(),
        List.of(party(adder(0)), party(adder(1))),
        party(code(9)),
        PRODUCERS,
        64,
        1_000_000);
  }

  private SumParty party(CreditCode code) {
    var pair = SUITE.generate(random);
    pairs.put(code, pair);
    return new SumParty(
        code, "intl", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  private String sign(CreditCode party, byte[] message) {
    var pair = Optional.ofNullable(pairs.get(party)).orElseThrow();
    return Base64.getEncoder().encodeToString(SUITE.sign(pair.getPrivate(), message, random));
  }

  private static CreditCode producer(int number) {
    return code(number);
  }

  private static CreditCode adder(int number) {
    return code(4 + number);
  }

  private static CreditCode code(int number) {
    String body = "9133010000000000" + number;
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  /** The public half. */
  private static byte[] custodian(Path file, SecureRandom random) {
    try {
      CustodianKey.generate(file, random);
      return Files.readAllBytes(CustodianKey.publicFile(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
