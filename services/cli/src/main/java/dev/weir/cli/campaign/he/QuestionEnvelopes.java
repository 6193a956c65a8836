package dev.weir.cli.campaign.he;

import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.Envelope;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.SwitchingKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Questions of every kind as a service takes them, and the switching keys that are uploaded before;
 * what passes is expanded as a worker expands it. Confined to one thread.
 */
final class QuestionEnvelopes implements AutoCloseable {
  private static final HeParameters CELLS = HeParameters.CELLS_4096;
  private static final HeParameters LOOKUP = HeParameters.LOOKUP_4096;

  /** Leaves of a table of 200 MB. */
  private static final int LEAVES = 512;

  private static final KeywordShape SHAPE = new KeywordShape(300, 60, 0);

  private final Asker cells;
  private final Asker lookup;
  private final OprfKey evaluation;
  private final List<Sample> all = new ArrayList<>();

  QuestionEnvelopes(SecureRandom random) {
    cells = new Asker(CELLS, random);
    lookup = new Asker(LOOKUP, random);
    evaluation = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);
    String keys = SwitchingKeys.sha256(lookup.packed);
    var writer = new SealWriter(SealForm.CURRENT, Compression.ZLIB);
    var summed = List.of(ByteBuffer.wrap(writer.ciphertext(CELLS, 0, cells.asked)));
    add("question of a sum", summed, this::sum);
    add("one-hot question", OneHotParts.write(CELLS, cells.asked, keys), this::oneHot);
    var queries = Words.allocate(2L * lookup.asked.count());
    queries.put(0, lookup.asked).put(lookup.asked.count(), lookup.asked);
    var name = List.of(new byte[] {1});
    var blinded = OprfClient.blind(evaluation.publicKey(), name, random).blinded().getFirst();
    add("lookup question", LookupParts.write(queries, keys, blinded), this::lookUp);
    for (Asker asker : List.of(cells, lookup)) {
      all.add(
          Sample.of("switching keys of " + asker.set(), asker.packed, bytes -> keys(asker, bytes)));
    }
  }

  List<Sample> all() {
    return all;
  }

  @Override
  public void close() {
    cells.close();
    lookup.close();
  }

  private void add(String kind, List<ByteBuffer> parts, Function<byte[], Boolean> work) {
    var id = new UUID(7, 7);
    var envelope =
        new Envelope(
            Envelope.VERSION,
            id,
            id,
            id,
            CELLS.label(),
            "ab".repeat(16),
            3,
            "cd".repeat(32),
            EncryptedQuestion.sha256(parts),
            Instant.EPOCH);
    var signature = ByteBuffer.allocate(64);
    byte[] good = new EncryptedQuestion(envelope, "intl", "key", signature, parts).bytes();
    all.add(
        Sample.of(
            kind,
            good,
            Sample.Document.after(0, good),
            bytes -> {
              try {
                return work.apply(bytes);
              } catch (ProblemException e) {
                if (e.type() != ProblemType.INVALID_REQUEST) {
                  throw e;
                }
                return false;
              }
            }));
  }

  private boolean sum(byte[] bytes) {
    var question = EncryptedQuestion.read(ByteBuffer.wrap(bytes), 1);
    try (var opened = cells.context.seeded(question.limbs(CELLS))) {
      opened.selectors().close();
    }
    return isBound(question);
  }

  private boolean oneHot(byte[] bytes) {
    var question = EncryptedQuestion.readOneHot(ByteBuffer.wrap(bytes));
    var parts = OneHotParts.read(CELLS, question.ciphertexts());
    parts.ifPresent(read -> expand(cells, read.query(), cells.keys));
    return parts.isPresent() && isBound(question);
  }

  private boolean lookUp(byte[] bytes) {
    var question = EncryptedQuestion.readLookup(ByteBuffer.wrap(bytes));
    var parts = LookupParts.read(SHAPE, question.ciphertexts());
    parts.ifPresent(read -> {
      expand(lookup, read.queries(), lookup.keys);
      evaluation.evaluate(List.of(read.blinded()));
    });
    return parts.isPresent() && isBound(question);
  }

  /** What a desk compares before it looks at the signature. */
  private static boolean isBound(EncryptedQuestion question) {
    var envelope = question.envelope();
    return envelope.v() == Envelope.VERSION
        && envelope.ticketId().version() == 0
        && envelope.keyId().matches("[0-9a-f]{64}")
        && envelope.questionSha256().equals(EncryptedQuestion.sha256(question.ciphertexts()))
        && !envelope.expires().isAfter(Instant.EPOCH);
  }

  private static boolean keys(Asker asker, byte[] bytes) {
    if (!SwitchingKeys.areKeys(bytes)) {
      return false;
    }
    var read = SwitchingKeys.read(asker.set(), bytes);
    if (read.isEmpty()) {
      return false;
    }
    boolean suffice = SwitchingKeys.suffice(read.get(), asker.set(), LEAVES);
    try (var keys = read.get().open(asker.context)) {
      expand(asker, asker.asked, keys);
      if (!suffice) {
        throw new IllegalStateException("expanded with keys that do not suffice");
      }
      return true;
    } catch (HeException e) {
      if (suffice) {
        throw e;
      }
      return false;
    }
  }

  private static void expand(Asker asker, Words queries, GaloisKeys keys) {
    try (Ciphertexts opened = asker.context.seeded(queries)) {
      opened.expandSelectors(0, keys, LEAVES).close();
    }
  }

  /** Keys and a query of one parameter set. */
  private static final class Asker implements AutoCloseable {
    private final HeContext context;
    private final SecretKey secret;
    private final Words asked;
    private final byte[] packed;
    private final GaloisKeys keys;

    private Asker(HeParameters set, SecureRandom random) {
      context = HeContext.open(set, random);
      secret = context.generateSecretKey();
      asked = secret.encrypt(Words.allocate(set.degree()).set(1, 1));
      var elements = GaloisKeys.expansionElements(set, LEAVES);
      var limbs = secret.galoisKeys(elements);
      packed = SwitchingKeys.write(set, new WireGaloisKeys(elements, limbs));
      keys = context.galoisKeys(elements, limbs);
    }

    private HeParameters set() {
      return context.parameters();
    }

    @Override
    public void close() {
      keys.close();
      secret.close();
      context.close();
    }
  }
}
