package dev.weir.query.he.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.he.HeLibrary;
import dev.weir.he.HeParameters;
import dev.weir.query.he.client.AnsweringService.TheEnd;
import dev.weir.query.he.client.LateReplies.Ended;
import dev.weir.query.he.lookup.LookupTerms.By;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that asked is gone when the reply comes: what its file holds is enough. */
class LateRepliesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CONTRACT = "0c1d0c1d-0000-4000-8000-000000000001";
  private static final String PRODUCT = "0c1d0c1d-0000-4000-8000-000000000002";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Expected ANYTHING = Expected.anything();

  @TempDir private Path directory;
  private AnsweringService service;
  private Path keyFile;
  private Path saved;

  @BeforeEach
  void start() {
    service = new AnsweringService(RANDOM);
    keyFile = directory.resolve("he.key");
    saved = directory.resolve("asked");
  }

  @AfterEach
  void close() {
    service.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    assertThat(HeLibrary.loaded().liveObjects()).isZero();
  }

  @Test
  @Control("HEQ-13")
  void sum_isKeptForItsOwnerAlone_beforeItIsSent_andOpenedFromTheFile() throws IOException {
    make(HeParameters.CELLS_4096);
    service.beforeEach(() -> assertOwnersAlone(saved));
    askSum(QuestionFile.at(saved, keyFile));
    // when another process reads the file, twice
    var sums = fetched(saved) instanceof Ended.Sums ended ? ended.reply() : null;
    assertThat(fetched(saved)).isEqualTo(new Ended.Sums(sums));
    // then
    try (var key = BuilderKey.read(keyFile, RANDOM)) {
      assertThat(new HiddenSums(key).open(sums, ANYTHING).get("amount"))
          .isEqualByComparingTo("9.67"); // 50 + 900 + 13 + 4 hundredths
    }
    assertThat(service.taken()).isEqualTo(1);
    // and, once it was shown, the file is what he decrypt always read
    QuestionFile.read(saved).shown();
    assertThat(SavedReply.read(saved)).isEqualTo(sums);
    assertThat(QuestionFile.find(saved)).isEmpty();
  }

  @Test
  @Control("HEQ-13")
  void fewCells_areOpenedFromTheFile() throws IOException {
    make(HeParameters.CELLS_4096);
    service.endsAfter(1);
    try (var key = BuilderKey.read(keyFile, RANDOM)) {
      var conversation = new Conversation(service, new HiddenSums(key));
      var ticket = conversation.ticketForFew(CONTRACT, PRODUCT, "p");
      var rows = List.of(new Selection.Weighted(List.of("b", "y"), 3));
      var selection = Selection.weighted(ticket, rows);
      var uploaded = UploadedKeys.inMemory();
      var question = conversation.few(ticket, selection, key, uploaded, new NoSigner());
      var file = QuestionFile.at(saved, keyFile);
      assertThatThrownBy(() -> conversation.ask(ticket, question, file, PATIENCE))
          .isInstanceOf(TheEnd.class);
      var ended = (Ended.Sums) fetched(saved);
      assertThat(new HiddenSums(key).open(ended.reply(), ANYTHING).get("count"))
          .isEqualByComparingTo("33");
    }
  }

  @Test
  @Control("HEQ-13")
  void record_isOpenedWithTheBlindOfTheFile_whichTellsNobodyWhatWasLookedUp() throws IOException {
    make(HeParameters.LOOKUP_4096);
    service.endsAfter(1);
    try (var key = BuilderKey.read(keyFile, RANDOM)) {
      var lookup = new RecordLookup(service, key, UploadedKeys.inMemory(), RANDOM);
      var ticket = lookup.ticket(CONTRACT, PRODUCT, "p", By.KEYWORD);
      var file = QuestionFile.beside(keyFile);
      assertThatThrownBy(() -> lookup.look(ticket, "r123", new NoSigner(), file, PATIENCE))
          .isInstanceOf(TheEnd.class);
      Path kept = file.file().orElseThrow();
      assertThat(kept).hasParent(directory);
      assertThat(Files.readString(kept)).doesNotContain("r123");
      assertOwnersAlone(kept);
      var row = (Ended.Row) fetched(kept);
      assertThat(row.record().orElseThrow())
          .isEqualTo(Map.of("name", Optional.of("r123"), "city", Optional.of("厦门")));
      QuestionFile.read(kept).shown();
      assertThat(kept).as("not named by its asker").doesNotExist();
    }
  }

  @Test
  @Control("HEQ-13")
  void scoreOfARecord_isOpenedWithTheWeightsOfTheFile() throws IOException {
    make(HeParameters.LOOKUP_4096);
    service.endsAfter(1);
    try (var key = BuilderKey.read(keyFile, RANDOM)) {
      var scores = new RecordScore(new RecordLookup(service, key, UploadedKeys.inMemory(), RANDOM));
      var ticket = scores.ticket(CONTRACT, PRODUCT, "p", By.KEYWORD);
      var weights = Map.of("name", new BigDecimal("2.5"));
      var file = QuestionFile.at(saved, keyFile);
      assertThatThrownBy(
              () -> scores.score(ticket, "nobody", weights, new NoSigner(), file, PATIENCE))
          .isInstanceOf(TheEnd.class);
      assertThat(((Ended.RowScore) fetched(saved)).score().score()).isEmpty();
    }
  }

  /** The second question was not sent: without its answer the first would be paid for in vain. */
  @Test
  @Control("HEQ-13")
  void score_whoseQuestionsAreSentInPart_isCompletedFromTheFile_eachQuestionOnce()
      throws IOException {
    make(HeParameters.CELLS_4096);
    service.endsAfter(1);
    askScore(QuestionFile.at(saved, keyFile));
    assertThat(service.taken()).isEqualTo(1);
    assertThat(Files.readString(saved)).doesNotContain("fractionBits");
    // when
    var score = (Ended.CellScore) fetched(saved);
    // then 1.5 · 5 − 25 · 9.00
    assertThat(score.score().score()).isEqualByComparingTo("-217.5");
    assertThat(service.taken()).isEqualTo(2);
    assertThat(((Ended.CellScore) fetched(saved)).score()).isEqualTo(score.score());
    QuestionFile.read(saved).shown();
    assertThat(QuestionFile.read(saved).asked().orElseThrow().answered()).isTrue();
  }

  @Test
  @Control("HEQ-13")
  void nothingIsSent_whereTheFileCannotBeWritten() throws IOException {
    make(HeParameters.CELLS_4096);
    Path absent = directory.resolve("absent");
    assertThatThrownBy(() -> QuestionFile.at(absent.resolve("x"), keyFile))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> QuestionFile.at(keyFile, keyFile))
        .isInstanceOf(FileAlreadyExistsException.class);
    Files.createDirectory(absent);
    var file = QuestionFile.at(absent.resolve("x"), keyFile);
    Files.delete(absent); // in between, as a disk fills
    assertThatThrownBy(() -> ask(file)).isInstanceOf(UncheckedIOException.class);
    assertThat(service.taken()).isZero();
  }

  @Test
  @Control("HEQ-03")
  void fileThatWasChanged_orIsOfAnotherKey_opensNothing() throws IOException {
    make(HeParameters.CELLS_4096);
    askSum(QuestionFile.at(saved, keyFile));
    Path other = directory.resolve("other");
    askSum(QuestionFile.at(other, keyFile));
    String text = Files.readString(saved);
    for (String changed :
        List.of(
            text.replace("\"0.01\"", "\"1\""),
            text.replace("\"amount\"", "\"profit\""),
            text.replace(tag(text), tag(Files.readString(other))))) {
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(saved, changed);
      assertThatThrownBy(() -> fetched(saved)).isInstanceOf(ClientRefusal.class);
    }
    Files.writeString(saved, text);
    Files.delete(keyFile);
    make(HeParameters.CELLS_4096);
    assertThatThrownBy(() -> fetched(saved)).hasMessageContaining("another key");
    Files.writeString(saved, "{}\n");
    assertThatThrownBy(() -> QuestionFile.read(saved)).isInstanceOf(ClientRefusal.class);
  }

  @Test
  void replyThatIsNotThereYet_orWillNotCome_isToldApart() throws IOException {
    make(HeParameters.CELLS_4096);
    askSum(QuestionFile.at(saved, keyFile));
    for (String status : List.of("RUNNING", "FAILED")) {
      service.becomes(status);
      var ended = (Ended.Unanswered) fetched(saved);
      assertThat(ended.ticket().status()).isEqualTo(status);
      assertThat(ended.ticket().ended()).isEqualTo(status.equals("FAILED"));
    }
    service.becomes("DONE");
    assertThat(fetched(saved)).isInstanceOf(Ended.Sums.class);
  }

  private void make(HeParameters set) throws IOException {
    try (var key = BuilderKey.generate(set, RANDOM)) {
      key.write(keyFile);
    }
  }

  /** Ends when the question was taken. */
  private void askSum(QuestionFile file) throws IOException {
    service.endsAfter(1);
    assertThatThrownBy(() -> ask(file)).isInstanceOf(TheEnd.class);
  }

  private void ask(QuestionFile file) throws IOException {
    try (var key = BuilderKey.read(keyFile, RANDOM)) {
      var sums = new HiddenSums(key);
      var conversation = new Conversation(service, sums);
      var ticket = conversation.ticket(CONTRACT, PRODUCT, "p");
      var selection = Selection.where(ticket, Map.of("city", Set.of("a", "c")));
      conversation.ask(ticket, sums.ask(ticket, selection, new NoSigner()), file, PATIENCE);
    }
  }

  private void askScore(QuestionFile file) throws IOException {
    var rows =
        List.of(
            new HiddenScore.Row(List.of("a", "x"), List.of(new BigDecimal("1.5"), BigDecimal.ZERO)),
            new HiddenScore.Row(
                List.of("a", "y"), List.of(BigDecimal.ZERO, new BigDecimal("-25"))));
    try (var key = BuilderKey.read(keyFile, RANDOM)) {
      var score = new HiddenScore(service, key);
      assertThatThrownBy(
              () -> score.score(CONTRACT, PRODUCT, "p", rows, new NoSigner(), file, PATIENCE))
          .isInstanceOf(TheEnd.class);
    }
  }

  /** By another process: from the file, the key file and the service alone. */
  private Ended fetched(Path kept) throws IOException {
    var file = QuestionFile.read(kept);
    try (var key = BuilderKey.read(file.keyFile(), RANDOM)) {
      return file.fetch(service, key, Duration.ofMillis(1));
    }
  }

  private static String tag(String text) {
    return text.replaceAll("(?s).*?\"tag\" *: *\"([0-9a-f]{64})\".*", "$1");
  }

  private static void assertOwnersAlone(Path file) {
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signatures are the service's to check. */
  private record NoSigner() implements QuestionSigner {
    @Override
    public String suite() {
      return "intl";
    }

    @Override
    public String keyId() {
      return "none";
    }

    @Override
    public byte[] sign(byte[] message) {
      return new byte[64];
    }
  }
}
