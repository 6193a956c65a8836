package dev.weir.query.he;

import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.wire.SealReader;
import dev.weir.he.wire.WireException;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.state.ParticipantState;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.signing.SigningSuite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A question on the wire: envelope, suite and id of the signing key, signature, ciphertexts, each
 * after its length in four bytes. Every malformed one gets the same answer.
 *
 * @param suite {@code gm} or {@code intl}
 * @param signingKeyId of a key that the party registered
 * @param ciphertexts seeded, in SEAL's form
 */
public record EncryptedQuestion(
    Envelope envelope,
    String suite,
    String signingKeyId,
    ByteBuffer signature,
    List<ByteBuffer> ciphertexts) {
  /** Above a seeded ciphertext of the sets at degree 4096, stored without compression. */
  private static final int MAX_CIPHERTEXT_BYTES = 70_000;

  private static final int MAX_HEAD_BYTES = 4_096;

  public EncryptedQuestion {
    signature = signature.asReadOnlyBuffer();
    ciphertexts = ciphertexts.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
  }

  /** Most bytes of a question of so many ciphertexts. */
  public static int maxBytes(int count) {
    return maxBytes(count, MAX_CIPHERTEXT_BYTES);
  }

  static int maxBytes(int count, int maxPartBytes) {
    return 4 * MAX_HEAD_BYTES + Math.multiplyExact(count, maxPartBytes + Integer.BYTES);
  }

  /** SHA-256 over the ciphertexts with their lengths, lower-case hexadecimal. */
  public static String sha256(List<ByteBuffer> ciphertexts) {
    var bytes = new ByteArrayOutputStream();
    ciphertexts.forEach(one -> write(bytes, array(one)));
    return Json.sha256Hex(bytes.toByteArray());
  }

  /** Whether one of these keys is the one that it names, and made its signature. */
  public boolean signedWith(List<ParticipantState.Key> keys) {
    byte[] made = array(signature);
    return keys.stream()
        .filter(key -> key.keyId().equals(signingKeyId) && key.suite().equals(suite))
        .anyMatch(key ->
            SigningSuite.named(key.suite())
                .verify(Base64.getDecoder().decode(key.publicKey()), envelope.bytes(), made));
  }

  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    write(bytes, envelope.bytes());
    write(bytes, suite.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    write(bytes, signingKeyId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    write(bytes, array(signature));
    ciphertexts.forEach(one -> write(bytes, array(one)));
    return bytes.toByteArray();
  }

  /**
   * @param count of ciphertexts there have to be
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST}
   */
  public static EncryptedQuestion read(ByteBuffer bytes, int count) {
    return read(bytes, count, MAX_CIPHERTEXT_BYTES);
  }

  /**
   * A question that looks one entry up.
   *
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST}
   */
  public static EncryptedQuestion readLookup(ByteBuffer bytes) {
    return read(bytes, LookupParts.COUNT, LookupParts.MAX_PART_BYTES);
  }

  /**
   * A question about a few hidden cells.
   *
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST}
   */
  public static EncryptedQuestion readOneHot(ByteBuffer bytes) {
    return read(bytes, OneHotParts.COUNT, OneHotParts.MAX_PART_BYTES);
  }

  /**
   * @param maxPartBytes of each part
   */
  static EncryptedQuestion read(ByteBuffer bytes, int count, int maxPartBytes) {
    try {
      var envelope = Json.read(next(bytes, MAX_HEAD_BYTES), Envelope.class);
      String suite = text(bytes);
      String keyId = text(bytes);
      var signature = ByteBuffer.wrap(next(bytes, MAX_HEAD_BYTES));
      var ciphertexts = new ArrayList<ByteBuffer>(count);
      for (int i = 0; i < count; i++) {
        ciphertexts.add(slice(bytes, maxPartBytes));
      }
      if (bytes.hasRemaining()) {
        throw malformed();
      }
      return new EncryptedQuestion(envelope, suite, keyId, signature, ciphertexts);
    } catch (IOException | BufferUnderflowException e) {
      throw malformed();
    }
  }

  /**
   * The ciphertexts past the gate: fresh, seeded, every coefficient below its prime.
   *
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST}
   */
  public Words limbs(HeParameters parameters) {
    var first = limbs(parameters, ciphertexts.getFirst());
    var all = Words.allocate(first.count() * ciphertexts.size());
    all.put(0, first);
    for (int i = 1; i < ciphertexts.size(); i++) {
      all.put(Math.toIntExact(i * first.count()), limbs(parameters, ciphertexts.get(i)));
    }
    return all;
  }

  /**
   * That all ciphertexts pass the gate; keeps none of them.
   *
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST}
   */
  void requireLimbs(HeParameters parameters) {
    ciphertexts.forEach(one -> limbs(parameters, one));
  }

  private static Words limbs(HeParameters parameters, ByteBuffer bytes) {
    try {
      var read = SealReader.ciphertext(parameters, bytes.duplicate());
      if (!read.seeded() || read.primesDropped() != 0) {
        throw malformed();
      }
      return read.limbs();
    } catch (WireException e) {
      throw malformed();
    }
  }

  private static String text(ByteBuffer bytes) {
    return new String(next(bytes, MAX_HEAD_BYTES), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] next(ByteBuffer bytes, int most) {
    return array(slice(bytes, most));
  }

  /** A view: a question may have megabytes, and is not copied to be read. */
  private static ByteBuffer slice(ByteBuffer bytes, int most) {
    int length = bytes.getInt();
    if (length < 0 || length > most || length > bytes.remaining()) {
      throw malformed();
    }
    var part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }

  private static void write(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    out.writeBytes(part);
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }

  static ProblemException malformed() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "The question is not well formed, or not of the ticket's parameter set.");
  }
}
