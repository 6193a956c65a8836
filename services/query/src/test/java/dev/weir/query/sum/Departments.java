package dev.weir.query.sum;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
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
import java.util.Set;
import java.util.stream.IntStream;

/** Three departments, two adders and a custodian, all with keys of their own. */
public final class Departments implements AutoCloseable {
  public static final int PRODUCERS = 3;
  public static final int MIN_PRODUCERS = 2;
  public static final String WINDOW = "2026-11";
  public static final String GROUP = "330100";

  public final SumTask task;
  public final Path keyFile;
  public final CustodianKey key;
  private final SecureRandom random = new SecureRandom();
  private final Map<CreditCode, KeyPair> pairs = new HashMap<>();
  private final ByteBuffer publicKey;

  public Departments(Path directory) throws IOException {
    this(directory, ContractId.random(), ProductId.random(), code(9), "trip-research", 1_000_000);
  }

  public Departments(
      Path directory,
      ContractId contract,
      ProductId product,
      CreditCode consumer,
      String purpose,
      long nanoRho)
      throws IOException {
    this.keyFile = directory.resolve("custodian.key");
    String digest = CustodianKey.generate(keyFile, random);
    this.key = CustodianKey.read(keyFile, random);
    this.publicKey = ByteBuffer.wrap(Files.readAllBytes(CustodianKey.publicFile(keyFile)));
    var producers = IntStream.range(0, PRODUCERS).mapToObj(i -> party(code(i))).toList();
    var adders = List.of(party(adder(1)), party(adder(2)));
    this.task =
        new SumTask(
            1,
            contract,
            product,
            consumer,
            purpose,
            "minutes",
            -100,
            1_000,
            "records-8192-v1",
            digest,
            producers,
            adders,
            party(code(7)),
            MIN_PRODUCERS,
            64,
            nanoRho);
  }

  public static CreditCode producer(int number) {
    return code(number);
  }

  public static CreditCode adder(int number) {
    return code(4 + number);
  }

  /** The closer's own; a task names it. */
  public WindowClose close(String window) {
    return WindowClose.signed(task, window, signer(code(7)));
  }

  public SumBatch batch() {
    return new SumBatch(task.id(), WINDOW, GROUP);
  }

  public SumSigner signer(CreditCode party) {
    var pair = pairs.get(party);
    if (pair == null) {
      throw new IllegalArgumentException("no key of " + party);
    }
    return message ->
        Base64.getEncoder().encodeToString(suite(party).sign(pair.getPrivate(), message, random));
  }

  public InputMessage.Input input(int producer, SumBatch batch, long sequence, long... values) {
    try (var column =
        new ColumnProducer(
            task, code(producer), signer(code(producer)), publicKey.duplicate(), random)) {
      return column.encrypt(batch, sequence, values);
    }
  }

  public Adder adderNamed(int number) {
    return new Adder(adder(number), signer(adder(number)), List.of(task));
  }

  /** What one adder signs of these messages. */
  public SignedSum sum(int adder, List<InputMessage.Input> inputs) {
    try (var adding = adderNamed(adder)) {
      inputs.forEach(adding::take);
      var closed = (Adder.Taken.Closed) adding.take(new InputMessage.Close(close(WINDOW)));
      return closed.sums().getFirst();
    }
  }

  /** A statement of a malicious adder's own making. */
  public SignedSum forged(int adder, SumBatch batch, List<SignedInput> inputs, ByteBuffer sum) {
    var statement = SumStatement.of(batch, RecordGate.sha256(sum), inputs);
    return SignedSum.of(adder(adder), statement, sum, signer(adder(adder)));
  }

  static CustodyRules without(CustodyRule... planted) {
    return new CustodyRules(Set.of(planted));
  }

  static long[] values(int count, long value) {
    var values = new long[count];
    Arrays.fill(values, value);
    return values;
  }

  private SumParty party(CreditCode code) {
    var pair = suite(code).generate(random);
    pairs.put(code, pair);
    String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    return new SumParty(code, suite(code).equals(SigningSuite.GM) ? "gm" : "intl", key);
  }

  /** Adders sign with SM2, whose signatures differ each time. */
  private static SigningSuite suite(CreditCode code) {
    return code.equals(adder(1)) || code.equals(adder(2)) ? SigningSuite.GM : SigningSuite.INTL;
  }

  private static CreditCode code(int number) {
    String body = "9133010000000000" + number;
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  @Override
  public void close() {
    key.close();
  }
}
