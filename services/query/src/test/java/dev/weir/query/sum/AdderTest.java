package dev.weir.query.sum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.he.HeLibrary;
import dev.weir.query.he.client.ClientRefusal;
import dev.weir.query.sum.Adder.Taken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an adder takes, and that two of them sign the same bytes. */
@Control("HEQ-06")
class AdderTest {
  @TempDir Path directory;
  private Departments parties;
  private Adder adder;
  private long nativeBefore;

  @BeforeEach
  void open() throws Exception {
    nativeBefore = HeLibrary.loaded().liveObjects();
    parties = new Departments(directory);
    adder = parties.adderNamed(1);
  }

  @AfterEach
  void close() {
    adder.close();
    parties.close();
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(nativeBefore);
  }

  @Test
  void twoAdders_whateverIsRefusedBetween_signTheSameBytes() {
    // given
    var messages = new ArrayList<byte[]>();
    long expected = 0;
    for (int producer = 0; producer < Departments.PRODUCERS; producer++) {
      for (int sequence = 0; sequence < 2; sequence++) {
        long[] values = LongStream.range(-100, 900).toArray();
        messages.add(parties.input(producer, parties.batch(), sequence, values).toBytes());
        expected += LongStream.of(values).sum();
      }
    }
    messages.add(messages.getFirst());
    messages.add(new byte[] {1, 2, 3});
    Collections.shuffle(messages, new Random(1));
    messages.add(new InputMessage.Close(parties.close(Departments.WINDOW)).toBytes());
    // when
    var first = last(adder, messages);
    SignedSum second;
    try (var other = parties.adderNamed(2);
        var line = new AddingLine(other)) { // which checks them side by side
      messages.forEach(message -> line.offer(message, task -> true));
      second = ((Taken.Closed) line.take(0).getLast()).sums().getFirst();
    }
    // then
    assertThat(first.ciphertext()).isEqualTo(second.ciphertext());
    assertThat(first.statement()).isEqualTo(second.statement());
    assertThat(SignedSum.read(first.toBytes())).contains(first);
    assertThat(new CustodyRules().refusal(parties.task, first, second)).isEmpty();
    assertThat(parties.key.total(first.ciphertext()).longValueExact()).isEqualTo(expected);
  }

  @Test
  void theSameInputAgain_changesNothing() {
    var input = parties.input(0, parties.batch(), 0, 5);
    assertThat(adder.take(input)).isEqualTo(new Taken.Added());
    assertThat(adder.take(input)).isEqualTo(new Taken.Repeated());
    assertThat(adder.take(parties.input(1, parties.batch(), 0, 6))).isEqualTo(new Taken.Added());
    assertThat(parties.key.total(closed().getFirst().ciphertext())).isEqualTo(11);
  }

  @Test
  void aSequenceSignedTwice_countsOnce() {
    adder.take(parties.input(0, parties.batch(), 0, 5));
    assertThat(refused(parties.input(0, parties.batch(), 0, 9))).isEqualTo(SumRefusal.SIGNED_TWICE);
  }

  @Test
  void anothersCiphertext_isNotAddedAgain() {
    var victim = parties.input(0, parties.batch(), 0, 5);
    adder.take(victim);
    var statement =
        new InputStatement(
            InputStatement.KIND,
            Departments.producer(1),
            parties.batch(),
            0,
            victim.signed().statement().ciphertextSha256());
    var signer = parties.signer(Departments.producer(1));
    var copied =
        new InputMessage.Input(
            new SignedInput(statement, signer.sign(statement.toSign())), victim.ciphertext());
    assertThat(refused(copied)).isEqualTo(SumRefusal.SAME_CIPHERTEXT);
  }

  @Test
  void anInputMovedToAnotherGroup_isRefused() {
    var input = parties.input(0, parties.batch(), 0, 5);
    var said = input.signed().statement();
    var moved =
        new InputStatement(
            said.kind(),
            said.producer(),
            new SumBatch(parties.task.id(), Departments.WINDOW, "330200"),
            said.sequence(),
            said.ciphertextSha256());
    var message =
        new InputMessage.Input(
            new SignedInput(moved, input.signed().signature()), input.ciphertext());
    assertThat(refused(message)).isEqualTo(SumRefusal.BAD_SIGNATURE);
  }

  @Test
  void anInputOfTheAdderItself_isRefused() {
    var input = parties.input(0, parties.batch(), 0, 5);
    var said = input.signed().statement();
    var foreign =
        new InputStatement(
            said.kind(), Departments.adder(1), said.batch(), 0, said.ciphertextSha256());
    var signed =
        new SignedInput(foreign, parties.signer(Departments.adder(1)).sign(foreign.toSign()));
    assertThat(refused(new InputMessage.Input(signed, input.ciphertext())))
        .isEqualTo(SumRefusal.UNKNOWN_PARTY);
  }

  @Test
  void bytesThatAreNotTheOnesSigned_areRefused() {
    var input = parties.input(0, parties.batch(), 0, 5);
    var other = parties.input(0, parties.batch(), 1, 5);
    assertThat(refused(new InputMessage.Input(input.signed(), other.ciphertext())))
        .isEqualTo(SumRefusal.WRONG_DIGEST);
  }

  @Test
  void signedBytesThatAreNoCiphertext_areRefused() {
    var bytes = ByteBuffer.wrap(new byte[524_401]);
    var statement =
        new InputStatement(
            InputStatement.KIND,
            Departments.producer(0),
            parties.batch(),
            0,
            RecordGate.sha256(bytes));
    var signer = parties.signer(Departments.producer(0));
    var signed = new SignedInput(statement, signer.sign(statement.toSign()));
    assertThat(refused(new InputMessage.Input(signed, bytes))).isEqualTo(SumRefusal.BAD_CIPHERTEXT);
  }

  @Test
  void whatComesAfterTheClose_isRefused() {
    adder.take(parties.input(0, parties.batch(), 0, 5));
    assertThat(closed()).hasSize(1);
    assertThat(refused(parties.input(1, parties.batch(), 0, 5)))
        .isEqualTo(SumRefusal.WINDOW_CLOSED);
    var again = adder.take(new InputMessage.Close(parties.close(Departments.WINDOW)));
    assertThat(again).isEqualTo(new Taken.Repeated());
  }

  @Test
  void aCloseThatTheCloserDidNotSign_isRefused() {
    adder.take(parties.input(0, parties.batch(), 0, 5));
    var forged =
        WindowClose.signed(
            parties.task, Departments.WINDOW, parties.signer(Departments.producer(0)));
    assertThat(adder.take(new InputMessage.Close(forged)))
        .isEqualTo(new Taken.Refused(SumRefusal.BAD_SIGNATURE));
  }

  @Test
  void brokenMessages_areRefusedWithoutAWord() {
    byte[] good = parties.input(0, parties.batch(), 0, 5).toBytes();
    var random = new Random(2);
    for (int i = 0; i < 300; i++) {
      byte[] broken = good.clone();
      broken[random.nextInt(700)] ^= (byte) (1 + random.nextInt(255));
      assertThat(adder.take(broken)).as("mutation %d", i).isInstanceOf(Taken.Refused.class);
    }
    assertThat(adder.take(good)).isEqualTo(new Taken.Added());
  }

  @Test
  void messageWithoutADocument_isMalformed() {
    byte[] nothing = "WSI1\0\0\0\4null".getBytes(StandardCharsets.ISO_8859_1);
    byte[] noClose = "WSC1\0\0\0\4null".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "WSI1\0\0\0\10\0\0\0{\0\21\0\0".getBytes(StandardCharsets.ISO_8859_1);
    byte[] noSum = "WSS1\0\0\0\4null".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] message : Arrays.asList(nothing, noClose, wide, new byte[0], null)) {
      assertThat(adder.take(message)).isEqualTo(new Taken.Refused(SumRefusal.MALFORMED));
    }
    assertThat(SignedSum.read(noSum)).isEmpty();
    assertThat(SignedSum.read(null)).isEmpty();
  }

  @Test
  void sumsThatOneProducerOpens_leaveRoomForOthers() {
    var ciphertext = parties.input(0, parties.batch(), 0, 5).ciphertext();
    for (int group = 0; group < Adder.MAX_ALONE; group++) {
      assertThat(adder.take(signed(0, group, ciphertext))).isEqualTo(new Taken.Added());
    }
    var refused = new Taken.Refused(SumRefusal.TOO_MANY_SUMS);
    assertThat(adder.take(signed(0, Adder.MAX_ALONE, ciphertext))).isEqualTo(refused);
    var others = parties.input(1, parties.batch(), 0, 5).ciphertext();
    assertThat(adder.take(signed(1, Adder.MAX_ALONE, others))).isEqualTo(new Taken.Added());
    assertThat(adder.take(signed(1, 0, others))).as("joins").isEqualTo(new Taken.Added());
    assertThat(adder.take(signed(0, Adder.MAX_ALONE + 1, ciphertext))).isEqualTo(new Taken.Added());
  }

  private InputMessage.Input signed(int producer, int group, ByteBuffer ciphertext) {
    var statement =
        new InputStatement(
            InputStatement.KIND,
            Departments.producer(producer),
            new SumBatch(parties.task.id(), Departments.WINDOW, "g" + group),
            0,
            RecordGate.sha256(ciphertext));
    var signer = parties.signer(Departments.producer(producer));
    return new InputMessage.Input(
        new SignedInput(statement, signer.sign(statement.toSign())), ciphertext);
  }

  @Test
  void whatStandsInAnotherPartition_isLeftOut() {
    try (var line = new AddingLine(adder)) {
      line.offer(parties.input(0, parties.batch(), 0, 5).toBytes(), task -> false);
      assertThat(line.take(0)).containsExactly(new Taken.Refused(SumRefusal.WRONG_PARTITION));
    }
  }

  @Test
  void aValueOutOfBounds_neverLeavesTheProducer() {
    assertThatThrownBy(() -> parties.input(0, parties.batch(), 0, 3, 1_001))
        .isInstanceOf(ClientRefusal.class)
        .hasMessageContaining("value 2")
        .hasMessageNotContaining("1001");
  }

  private SumRefusal refused(InputMessage message) {
    return ((Taken.Refused) adder.take(message)).reason();
  }

  private List<SignedSum> closed() {
    var close = new InputMessage.Close(parties.close(Departments.WINDOW));
    return ((Taken.Closed) adder.take(close)).sums();
  }

  private static SignedSum last(Adder adder, List<byte[]> messages) {
    messages.subList(0, messages.size() - 1).forEach(adder::take);
    return ((Taken.Closed) adder.take(messages.getLast())).sums().getFirst();
  }
}
