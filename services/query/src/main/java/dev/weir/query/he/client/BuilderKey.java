package dev.weir.query.he.client;

import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretAccess;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealReader;
import dev.weir.he.wire.SealWriter;
import dev.weir.he.wire.WireException;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that a builder's questions are encrypted with. It never leaves the machine it was made
 * on: there is no call that sends it. Owns native memory; thread-safe.
 */
public final class BuilderKey implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int ID_BYTES = 32;
  private static final long MAX_FILE_BYTES = 2L << 20;
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final String TAG_LABEL = "weir he question tag v1";
  private static final String NOTE_LABEL = "weir he question note v1";
  private static final int NONCE_BYTES = 12;
  private static final int MAC_BITS = 128;

  private final HeContext context;
  private final SecretKey secret;
  private final String id;
  private final SecureRandom random;
  private final SecretKeySpec tagKey;
  private final SecretKeySpec noteKey;

  private BuilderKey(HeContext context, SecretKey secret, String id, SecureRandom random) {
    this.context = context;
    this.secret = secret;
    this.id = id;
    this.random = random;
    this.tagKey = new SecretKeySpec(derived(secret, TAG_LABEL), "HmacSHA256");
    this.noteKey = new SecretKeySpec(derived(secret, NOTE_LABEL), "AES");
  }

  /** The file: the key in SEAL's own form, beside its id. */
  private record Stored(int v, String parameterSet, String keyId, String secretKey) {}

  public static BuilderKey generate(HeParameters parameters, SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    var context = HeContext.open(parameters, random);
    return new BuilderKey(
        context, context.generateSecretKey(), HexFormat.of().formatHex(id), random);
  }

  /**
   * @throws ClientRefusal when others may read the file, or it holds no key
   * @throws IOException when it cannot be read
   */
  public static BuilderKey read(Path file, SecureRandom random) throws IOException {
    if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw new ClientRefusal(
          "密钥文件对他人可读，不予使用；请先 chmod 600 " + file,
          "others may read the key file, so it is not used; first chmod 600 " + file);
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw noKey(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      var stored = Json.read(bytes, Stored.class);
      var parameters = HeParameters.named(stored.parameterSet()).orElseThrow(() -> noKey(file));
      byte[] seal = Base64.getDecoder().decode(stored.secretKey());
      var limbs = SealReader.secretKey(parameters, ByteBuffer.wrap(seal));
      Arrays.fill(seal, (byte) 0);
      if (stored.v() != VERSION || !stored.keyId().matches("[0-9a-f]{64}")) {
        throw noKey(file);
      }
      var context = HeContext.open(parameters, random);
      try {
        return new BuilderKey(context, context.secretKey(limbs), stored.keyId(), random);
      } finally {
        limbs.erase();
      }
    } catch (com.fasterxml.jackson.core.JacksonException
        | IllegalArgumentException
        | WireException
        | HeException e) {
      throw noKey(file);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Keeps the key in a new file that only its owner can open.
   *
   * @throws FileAlreadyExistsException when there is a file; keys are never overwritten
   */
  public void write(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    var limbs = secret.revealLimbs(new SecretAccess("the owner's key file"));
    try {
      byte[] seal =
          new SealWriter(SealForm.NODE_SEAL_7, Compression.NONE).secretKey(parameters(), limbs);
      var stored =
          new Stored(VERSION, parameters().label(), id, Base64.getEncoder().encodeToString(seal));
      OwnerOnly.write(file, Json.mapper().writeValueAsString(stored) + "\n");
    } finally {
      limbs.erase();
    }
  }

  public HeParameters parameters() {
    return context.parameters();
  }

  /** What questions are counted by: random, and says nothing about the key. */
  public String id() {
    return id;
  }

  /** A public half for others to encrypt with: c0 limbs and a seed; another one at each call. */
  public Words publicKey() {
    return secret.publicKey();
  }

  /** Works with the key where it is; the work keeps neither of what it is handed. */
  public <T> T withSecret(BiFunction<HeContext, SecretKey, T> work) {
    return work.apply(context, secret);
  }

  HeContext context() {
    return context;
  }

  SecretKey secret() {
    return secret;
  }

  /** Marks what this key's holder has written, for itself: lower-case hexadecimal. */
  String tag(byte[] message) {
    try {
      var mac = Mac.getInstance(tagKey.getAlgorithm());
      mac.init(tagKey);
      return HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  /** Locks what this key's holder notes for itself beside a question; base64. */
  String lock(byte[] note, UUID question) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] locked = crypt(Cipher.ENCRYPT_MODE, nonce, note, question);
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(nonce.length + locked.length).put(nonce).put(locked).array());
  }

  /**
   * @throws ClientRefusal when it was not noted beside that question, with this key
   */
  byte[] unlock(String locked, UUID question) {
    try {
      byte[] bytes = Base64.getDecoder().decode(locked);
      int cut = Math.min(NONCE_BYTES, bytes.length);
      return crypt(
          Cipher.DECRYPT_MODE,
          Arrays.copyOf(bytes, NONCE_BYTES),
          Arrays.copyOfRange(bytes, cut, bytes.length),
          question);
    } catch (IllegalArgumentException e) {
      throw new ClientRefusal(
          "所存的提问记录不是这把密钥为这次提问写下的",
          "what was noted beside the question is not of this key and question");
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] bytes, UUID question) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, noteKey, new GCMParameterSpec(MAC_BITS, nonce));
      cipher.updateAAD(question.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return cipher.doFinal(bytes);
    } catch (javax.crypto.AEADBadTagException e) {
      throw new IllegalArgumentException("not locked with this key for this question", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  @Override
  public void close() {
    secret.close();
    context.close();
  }

  @Override
  public String toString() {
    return "BuilderKey[" + parameters().label() + "]";
  }

  private static byte[] derived(SecretKey secret, String label) {
    Words limbs = secret.revealLimbs(new SecretAccess("keys for the owner's own files"));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(label.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      var word = ByteBuffer.allocate(Long.BYTES);
      for (int i = 0; i < limbs.count(); i++) {
        digest.update(word.clear().putLong(limbs.get(i)).flip());
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } finally {
      limbs.erase();
    }
  }

  private static ClientRefusal noKey(Path file) {
    return new ClientRefusal(
        "文件中没有可用的同态密钥：" + file, "there is no usable encryption key in " + file);
  }
}
