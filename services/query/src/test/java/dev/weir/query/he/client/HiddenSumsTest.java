package dev.weir.query.he.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.compliance.Control;
import dev.weir.he.HeLibrary;
import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.query.he.QuestionKind;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The asker's side against a table of cells, with real encryption on both sides. */
class HiddenSumsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HeParameters SET = HeParameters.CELLS_4096;

  @TempDir private Path directory;
  private BuilderKey key;
  private final Ticket ticket = AnsweredCells.ticket(UUID.randomUUID(), 3, QuestionKind.SUM);

  @BeforeEach
  void make() {
    key = BuilderKey.generate(SET, RANDOM);
  }

  @AfterEach
  void close() {
    key.close();
    assertThat(HeLibrary.loaded().liveObjects()).isZero();
  }

  @Test
  void open_givesTheExactSums_inTheUnitsOfTheMeasures() {
    // given
    var selection = Selection.where(ticket, Map.of("city", Set.of("a", "c")));
    // when
    var sums =
        new HiddenSums(key).open(AnsweredCells.reply(key, ticket, selection), Expected.anything());
    // then: cells 0, 1 (a) and 4, 5 (c)
    assertThat(sums.keySet()).containsExactly("count", "amount");
    assertThat(sums.get("count")).isEqualByComparingTo("4");
    assertThat(sums.get("amount")).isEqualByComparingTo("9.67");
  }

  @Test
  void weights_countAsOftenAsTheySay() {
    var rows =
        List.of(
            new Selection.Weighted(List.of("b", "x"), 3),
            new Selection.Weighted(List.of("b", "y"), -2));
    var sums =
        new HiddenSums(key)
            .open(
                AnsweredCells.reply(key, ticket, Selection.weighted(ticket, rows)),
                Expected.anything());
    assertThat(sums.get("amount")).isEqualByComparingTo("-4.30"); // (3·(−70) − 2·110) hundredths
    assertThat(sums.get("count")).isEqualByComparingTo("-1");
  }

  @TestFactory
  @Control("HEQ-03")
  Stream<DynamicTest> reply_thatBelongsElsewhere_isRefused() {
    var selection = Selection.where(ticket, Map.of("kind", Set.of("x")));
    var saved = AnsweredCells.reply(key, ticket, selection);
    var another = AnsweredCells.ticket(UUID.randomUUID(), 4, QuestionKind.SUM);
    String other =
        AnsweredCells.reply(key, ticket, Selection.where(ticket, Map.of())).reply().getFirst();
    return Stream.of(
            Map.entry("another ticket", with(saved, another)),
            Map.entry("another epoch", edited(saved, "/ticket/dataVersion", 4)),
            Map.entry("another layout", edited(saved, "/ticket/cellBits", ticket.cellBits() + 1)),
            Map.entry("a measure renamed", edited(saved, "/ticket/measures/0", "profit")),
            Map.entry("a unit changed", edited(saved, "/ticket/units/0", "1")),
            Map.entry("another envelope", edited(saved, "/envelope/dataVersion", 4)),
            Map.entry("a reply cut short", edited(saved, "/reply/0", "AAAA")),
            Map.entry("the reply to another question", edited(saved, "/reply/0", other)),
            Map.entry("no base64", edited(saved, "/reply/0", "?")))
        .map(one ->
            DynamicTest.dynamicTest(
                one.getKey(),
                () ->
                    assertThatThrownBy(
                            () -> new HiddenSums(key).open(one.getValue(), Expected.anything()))
                        .isInstanceOf(ClientRefusal.class)));
  }

  @Test
  @Control("HEQ-03")
  void open_ofAnotherContractEpochOrKeyThanExpected_isRefused() {
    var saved = AnsweredCells.reply(key, ticket, Selection.where(ticket, Map.of()));
    var sums = new HiddenSums(key);
    var other = new Expected(Optional.of(new ContractId(UUID.randomUUID())), OptionalLong.empty());
    var later = new Expected(Optional.empty(), OptionalLong.of(4));
    assertThatThrownBy(() -> sums.open(saved, other)).hasMessageContaining("another contract");
    assertThatThrownBy(() -> sums.open(saved, later)).hasMessageContaining("another epoch");
    assertThat(sums.open(saved, new Expected(Optional.of(ticket.contractId()), OptionalLong.of(3))))
        .hasSize(2);
    try (var stranger = BuilderKey.generate(SET, RANDOM)) {
      assertThatThrownBy(() -> new HiddenSums(stranger).open(saved, Expected.anything()))
          .hasMessageContaining("another key");
    }
  }

  @Test
  @Control("HEQ-03")
  void keyFile_isTheOwnersAlone_isNeverOverwritten_andOpensOldReplies() throws IOException {
    var saved = AnsweredCells.reply(key, ticket, Selection.where(ticket, Map.of()));
    Path file = directory.resolve("he.key");
    key.write(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> key.write(file)).isInstanceOf(FileAlreadyExistsException.class);
    try (var read = BuilderKey.read(file, RANDOM)) {
      assertThat(read.id()).isEqualTo(key.id());
      assertThat(new HiddenSums(read).open(saved, Expected.anything()).get("count"))
          .isEqualByComparingTo("22");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> BuilderKey.read(file, RANDOM))
        .isInstanceOf(ClientRefusal.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  @Control("HEQ-03")
  void keyFile_thatIsDamaged_isRefused() throws IOException {
    Path file = directory.resolve("he.key");
    key.write(file);
    String text = Files.readString(file);
    for (String damaged :
        List.of(
            "{}", text.replace("cells-4096-v1", "cells-8192-v1"), text.replace("XqEQ", "XqER"))) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> BuilderKey.read(file, RANDOM)).isInstanceOf(ClientRefusal.class);
    }
  }

  @Test
  void selection_ofWhatTheCellsDoNotHave_isRefused_andTellsNothing() {
    assertThatThrownBy(() -> Selection.where(ticket, Map.of("town", Set.of("a"))))
        .isInstanceOf(ClientRefusal.class);
    assertThatThrownBy(() -> Selection.where(ticket, Map.of("city", Set.of("hidden-value"))))
        .isInstanceOf(ClientRefusal.class)
        .hasMessageNotContaining("hidden-value");
    var row = new Selection.Weighted(List.of("a", "x"), 1);
    assertThatThrownBy(() -> Selection.weighted(ticket, List.of(row, row)))
        .isInstanceOf(ClientRefusal.class);
    assertThat(Selection.where(ticket, Map.of("city", Set.of("a"))).toString())
        .isEqualTo("Selection[of 6 cells]");
  }

  @Test
  void ticket_thatContradictsItself_isRefused() {
    var json = (ObjectNode) Json.mapper().valueToTree(ticket);
    assertThat(Ticket.of(json)).isEqualTo(ticket);
    for (var field :
        Map.of("cells", 7, "ciphertexts", 2, "replyBytes", 1, "cellBits", 99).entrySet()) {
      var changed = json.deepCopy().put(field.getKey(), field.getValue());
      assertThatThrownBy(() -> Ticket.of(changed))
          .as(field.getKey())
          .isInstanceOf(ClientRefusal.class);
    }
    assertThatThrownBy(() -> Ticket.of(json.deepCopy().put("parameterSet", "tiny")))
        .isInstanceOf(ClientRefusal.class);
  }

  /** Up to three cells by one ciphertext: opened later, from the file and the key alone. */
  @Test
  @Control("HEQ-03")
  void fewCells_comeBackExactly_andOnlyTheKeyKnowsWhichTheyWere() {
    // given
    var few = AnsweredCells.ticket(UUID.randomUUID(), 3, QuestionKind.ONE_HOT);
    var rows =
        List.of(
            new Selection.Weighted(List.of("a", "x"), 2),
            new Selection.Weighted(List.of("b", "y"), -1),
            new Selection.Weighted(List.of("c", "y"), 5));
    var sums = new HiddenSums(key);
    // when
    var saved = AnsweredCells.fewReply(key, few, Selection.weighted(few, rows));
    var one =
        AnsweredCells.fewReply(
            key, few, Selection.where(few, Map.of("city", Set.of("a"), "kind", Set.of("y"))));
    // then: 2·5 − 11 + 5·2 and (2·50 − 110 + 5·4) hundredths
    assertThat(sums.open(saved, Expected.anything()).get("count")).isEqualByComparingTo("9");
    assertThat(sums.open(saved, Expected.anything()).get("amount")).isEqualByComparingTo("0.10");
    assertThat(sums.open(one, Expected.anything()).get("amount")).isEqualByComparingTo("9.00");
    assertThat(saved.selected().orElseThrow()).hasSameSizeAs(one.selected().orElseThrow());
    // and what was noted beside another question, or changed, opens nothing
    var noted = one.selected();
    assertThatThrownBy(() -> sums.open(noted(saved, Optional.of("AAAA")), Expected.anything()))
        .isInstanceOf(ClientRefusal.class);
    var other = AnsweredCells.ticket(UUID.randomUUID(), 3, QuestionKind.ONE_HOT);
    var elsewhere = AnsweredCells.fewReply(key, other, Selection.weighted(other, rows));
    assertThatThrownBy(() -> sums.open(noted(elsewhere, noted), Expected.anything()))
        .isInstanceOf(ClientRefusal.class);
    assertThatThrownBy(() -> sums.ask(few, Selection.weighted(few, rows), AnsweredCells.UNSIGNED))
        .as("a ticket of another kind")
        .isInstanceOf(ClientRefusal.class);
    assertThatThrownBy(() -> AnsweredCells.fewReply(key, few, Selection.where(few, Map.of())))
        .hasMessageContaining("at most 3 cells");
  }

  private static SavedReply noted(SavedReply saved, Optional<String> selected) {
    return new SavedReply(
        saved.v(), saved.ticket(), saved.envelope(), saved.tag(), saved.reply(), selected);
  }

  private static SavedReply with(SavedReply saved, Ticket other) {
    return new SavedReply(
        saved.v(), other, saved.envelope(), saved.tag(), saved.reply(), saved.selected());
  }

  private static SavedReply edited(SavedReply saved, String pointer, Object value) {
    try {
      var json = Json.mapper().valueToTree(saved);
      int cut = pointer.lastIndexOf('/');
      var parent = json.at(pointer.substring(0, cut));
      var node = Json.mapper().valueToTree(value);
      String last = pointer.substring(cut + 1);
      if (parent instanceof ObjectNode object) {
        object.set(last, node);
      } else {
        ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(last), node);
      }
      return Json.mapper().treeToValue(json, SavedReply.class);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
