package dev.weir.query.sum;

import static dev.weir.query.sum.Departments.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What malicious adders ask the custodian to open. Each attack is refused by one rule; with that
 * rule left out the same attack opens what it wants, which shows that the rule is what stops it.
 */
@Control("HEQ-05")
class CustodyAttacksTest {
  private static final CustodyRules RULES = new CustodyRules();
  private static Departments parties;
  private static InputMessage.Input victim;
  private static InputMessage.Input other;

  @BeforeAll
  static void encrypt(@TempDir Path directory) throws Exception {
    parties = new Departments(directory);
    victim = parties.input(0, parties.batch(), 0, 7);
    other = parties.input(1, parties.batch(), 0, 10, -3);
  }

  @AfterAll
  static void close() {
    parties.close();
  }

  @Test
  void sum_ofTwoDepartmentsUnderBothAdders_isOpenedExactly() {
    var first = parties.sum(1, List.of(victim, other));
    var second = parties.sum(2, List.of(other, victim)); // another order, the same bytes
    assertThat(RULES.refusal(parties.task, first, second)).isEmpty();
    assertThat(first.ciphertext()).isEqualTo(second.ciphertext());
    assertThat(opened(first)).isEqualTo(7 + 10 - 3);
  }

  @Test
  void oneDepartmentsRecord_isNotOpened() {
    var first = parties.sum(1, List.of(victim));
    var second = parties.sum(2, List.of(victim));
    assertRefused(first, second, SumRefusal.TOO_FEW_PRODUCERS, CustodyRule.ENOUGH_PRODUCERS);
    assertThat(opened(first)).isEqualTo(7);
  }

  @Test
  void fiftyTimesOneRecord_isNotOpened() {
    var scaled = scaled(victim, 50);
    var inputs = Collections.nCopies(50, victim.signed());
    var first = parties.forged(1, parties.batch(), inputs, scaled);
    var second = parties.forged(2, parties.batch(), inputs, scaled);
    assertThat(RULES.refusal(parties.task, first, second)).contains(SumRefusal.SIGNED_TWICE);
    var planted = without(CustodyRule.NOTHING_TWICE, CustodyRule.ENOUGH_PRODUCERS);
    assertThat(planted.refusal(parties.task, first, second)).isEmpty();
    assertThat(opened(first)).isEqualTo(350);
  }

  @Test
  void aScaledRecordOfOneAdder_isNotOpened() {
    var honest = parties.sum(1, List.of(victim, other));
    var inputs = honest.statement().inputs();
    var scaled = parties.forged(2, parties.batch(), inputs, scaled(victim, 50));
    assertRefused(scaled, honest, SumRefusal.ADDERS_DISAGREE, CustodyRule.ADDERS_AGREE);
    assertThat(opened(scaled)).isEqualTo(350);
  }

  @Test
  void oneAdderForBoth_isRefused() {
    var scaled =
        parties.forged(
            1,
            parties.batch(),
            parties.sum(1, List.of(victim, other)).statement().inputs(),
            scaled(victim, 50));
    assertRefused(scaled, scaled, SumRefusal.BAD_SIGNATURE, CustodyRule.TWO_ADDERS_SIGNED);
  }

  @Test
  void aSumThatIsNotTheOneSigned_isRefused() {
    var honest = parties.sum(1, List.of(victim, other));
    var swapped = new SignedSum(honest.signed(), victim.ciphertext());
    var second = parties.sum(2, List.of(victim, other));
    var alike = new SignedSum(second.signed(), victim.ciphertext());
    assertRefused(swapped, alike, SumRefusal.WRONG_DIGEST, CustodyRule.DIGEST_IS_OF_THE_SUM);
    assertThat(opened(swapped)).isEqualTo(7);
  }

  @Test
  void anInputOfAnotherWindowOrGroup_isRefused() {
    for (var foreign :
        List.of(
            new SumBatch(parties.task.id(), "2026-10", Departments.GROUP),
            new SumBatch(parties.task.id(), Departments.WINDOW, "330200"))) {
      var moved = parties.input(1, foreign, 0, 10);
      var inputs = List.of(victim.signed(), moved.signed());
      var sum = parties.sum(1, List.of(victim, other)).ciphertext();
      assertRefused(
          parties.forged(1, parties.batch(), inputs, sum),
          parties.forged(2, parties.batch(), inputs, sum),
          SumRefusal.WRONG_BATCH,
          CustodyRule.INPUTS_OF_THE_BATCH);
    }
  }

  @Test
  void inputsThatNobodySigned_areRefused() {
    var invented =
        new SignedInput(
            new InputStatement(
                InputStatement.KIND, Departments.producer(1), parties.batch(), 0, "ab".repeat(32)),
            victim.signed().signature());
    var inputs = List.of(victim.signed(), invented);
    assertRefused(
        parties.forged(1, parties.batch(), inputs, victim.ciphertext()),
        parties.forged(2, parties.batch(), inputs, victim.ciphertext()),
        SumRefusal.BAD_SIGNATURE,
        CustodyRule.PRODUCERS_SIGNED);
  }

  @Test
  void aProducerThatSignsTwiceForOneSequence_isRefused() {
    var again = parties.input(0, parties.batch(), 0, 900);
    var inputs = List.of(victim.signed(), again.signed(), other.signed());
    var sum = parties.sum(1, List.of(victim, other)).ciphertext();
    assertRefused(
        parties.forged(1, parties.batch(), inputs, sum),
        parties.forged(2, parties.batch(), inputs, sum),
        SumRefusal.SIGNED_TWICE,
        CustodyRule.NOTHING_TWICE);
  }

  @Test
  void moreInputsThanTheTaskTakes_areRefused() {
    var inputs =
        IntStream.rangeClosed(0, parties.task.maxInputs())
            .mapToObj(i -> statement(i % 2, i))
            .toList();
    assertRefused(
        parties.forged(1, parties.batch(), inputs, victim.ciphertext()),
        parties.forged(2, parties.batch(), inputs, victim.ciphertext()),
        SumRefusal.TOO_MANY_INPUTS,
        CustodyRule.NOT_TOO_MANY_INPUTS);
  }

  @Test
  void aMalformedOrTransparentSum_isRefused() {
    var inputs = List.of(victim.signed(), other.signed());
    for (ByteBuffer bad : List.of(transparent(), outOfBounds(), cut())) {
      assertRefused(
          parties.forged(1, parties.batch(), inputs, bad),
          parties.forged(2, parties.batch(), inputs, bad),
          SumRefusal.BAD_CIPHERTEXT,
          CustodyRule.WELL_FORMED);
    }
  }

  /** Refused as it should be, and only by that rule. */
  private static void assertRefused(
      SignedSum first, SignedSum second, SumRefusal reason, CustodyRule rule) {
    assertThat(RULES.refusal(parties.task, first, second)).contains(reason);
    assertThat(without(rule).refusal(parties.task, first, second)).isEmpty();
  }

  private static long opened(SignedSum sum) {
    BigInteger total = parties.key.total(sum.ciphertext());
    return total.longValueExact();
  }

  private static SignedInput statement(int producer, int sequence) {
    var statement =
        new InputStatement(
            InputStatement.KIND,
            Departments.producer(producer),
            parties.batch(),
            sequence,
            "%064x".formatted(sequence + 1));
    var signer = parties.signer(Departments.producer(producer));
    return new SignedInput(statement, signer.sign(statement.toSign()));
  }

  private static ByteBuffer scaled(InputMessage.Input input, int times) {
    var limbs = RecordGate.open(HeParameters.RECORDS_8192, input.ciphertext()).orElseThrow();
    try (var context = HeContext.open(HeParameters.RECORDS_8192, new SecureRandom());
        var sum = context.ciphertexts(0, limbs);
        var one = context.ciphertexts(0, limbs)) {
      for (int i = 1; i < times; i++) {
        sum.add(one);
      }
      return written(sum.limbs());
    }
  }

  private static ByteBuffer transparent() {
    var limbs = RecordGate.open(HeParameters.RECORDS_8192, victim.ciphertext()).orElseThrow();
    limbs.slice(limbs.count() / 2, limbs.count() / 2).erase();
    return written(limbs);
  }

  private static ByteBuffer outOfBounds() {
    var limbs = RecordGate.open(HeParameters.RECORDS_8192, victim.ciphertext()).orElseThrow();
    return written(limbs.set(3, HeParameters.RECORDS_8192.primes().getFirst()));
  }

  private static ByteBuffer cut() {
    return victim.ciphertext().slice(0, victim.ciphertext().remaining() - 8);
  }

  private static ByteBuffer written(dev.weir.he.Words limbs) {
    return ByteBuffer.wrap(
        new SealWriter(SealForm.CURRENT, Compression.NONE)
            .ciphertext(HeParameters.RECORDS_8192, 0, limbs));
  }
}
