package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The verify key of a task, from a seed that its two operators share and nobody else knows. */
public final class VerifyKeys {
  /** Length of a seed. */
  public static final int SEED_LENGTH = 32;

  private static final byte[] SALT = "verify_key".getBytes(StandardCharsets.US_ASCII);

  private VerifyKeys() {}

  /** HKDF-SHA256 with the salt that DAP offers and the task id as info. */
  public static VerifyKey derive(Bytes seed, TaskId task) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract()
              .addSalt(SALT)
              .addIKM(seed.toArray())
              .thenExpand(task.bytes().toArray(), VerifyKey.BYTES);
      return VerifyKey.of(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    }
  }

  /** What the terms say about a seed; nothing that helps to guess it. */
  public static String commitment(Bytes seed) {
    return seed.sha256().hex();
  }
}
