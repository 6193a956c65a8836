package dev.weir.cli.campaign.he;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.ClientRefusal;
import dev.weir.query.he.client.Expected;
import dev.weir.query.he.client.HiddenSums;
import dev.weir.query.he.client.QuestionSigner;
import dev.weir.query.he.client.SavedReply;
import dev.weir.query.he.client.Selection;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.evaluator.Evaluated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an asker keeps: replies and the key that opens them. A reply opens to the honest sums or not
 * at all. Confined to one thread.
 */
final class SavedEnvelopes implements AutoCloseable {
  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final CellLayout LAYOUT = new CellLayout(SET, 2, 1, 20);

  private final SecureRandom random;
  private final Path file;
  private final Path keyFile;
  private final BuilderKey key;
  private final byte[] saved;
  private final byte[] stored;
  private final Map<String, BigDecimal> honest;

  /**
   * @param directory for files
   */
  SavedEnvelopes(Path directory, SecureRandom random) {
    this.random = random;
    this.file = directory.resolve("reply.json");
    this.keyFile = directory.resolve("he.key");
    this.key = BuilderKey.generate(SET, random);
    try {
      key.write(keyFile);
      this.stored = Files.readAllBytes(keyFile);
      var reply = reply();
      this.saved = Files.readAllBytes(reply.write(file));
      this.honest = new HiddenSums(key).open(reply, Expected.anything());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Sample> all() {
    return List.of(
        Sample.of("saved reply", saved, Sample.Document.whole(saved), this::opens),
        Sample.of("key file", stored, Sample.Document.whole(stored), this::isKey));
  }

  @Override
  public void close() {
    key.close();
  }

  private boolean opens(byte[] bytes) {
    try {
      Files.write(file, bytes);
      var sums = new HiddenSums(key).open(SavedReply.read(file), Expected.anything());
      if (!sums.equals(honest)) {
        throw new IllegalStateException("opened to other sums");
      }
      return true;
    } catch (ClientRefusal refused) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isKey(byte[] bytes) {
    try {
      Files.write(keyFile, bytes); // which stays the owner's alone
      BuilderKey.read(keyFile, random).close();
      return true;
    } catch (ClientRefusal refused) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SavedReply reply() {
    var ticket = ticket();
    var sums = new HiddenSums(key);
    var asked = sums.ask(ticket, Selection.where(ticket, Map.of()), new Unsigned());
    var read = EncryptedQuestion.read(asked.bytes().duplicate(), ticket.ciphertexts());
    try (var context = HeContext.open(SET, random);
        var table = new CellTable(context, LAYOUT)) {
      table.set(0, 0, 3);
      table.set(0, 1, 4);
      table.publish();
      var evaluated = Evaluated.sums(context, table, read.limbs(SET));
      return sums.save(ticket, asked, evaluated.replyBytes());
    }
  }

  private static Ticket ticket() {
    return new Ticket(
        new UUID(7, 7),
        QuestionKind.SUM,
        ContractId.random(),
        ProductId.random(),
        "ab".repeat(16),
        3,
        SET.label(),
        LAYOUT.keys(),
        LAYOUT.measures(),
        LAYOUT.cellBits(),
        "cd".repeat(32),
        LAYOUT.terms(),
        LAYOUT.replyBytes(),
        new LeafId(new UUID(7, 8)),
        Instant.EPOCH,
        "DONE",
        List.of(new Ticket.Key("city", List.of("a", "b"))),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Signatures are the service's to check. */
  private record Unsigned() implements QuestionSigner {
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
