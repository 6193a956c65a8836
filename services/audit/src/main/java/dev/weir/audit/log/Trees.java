package dev.weir.audit.log;

import dev.weir.privacy.merkle.TreeHasher;
import org.bouncycastle.jcajce.provider.digest.SM3;

/** The two hashes of the log. */
public final class Trees {
  /** The tree that every C2SP verifier understands. */
  public static final TreeHasher SHA256 = TreeHasher.sha256();

  /** Its twin over the same leaves (GB/T 32905). */
  public static final TreeHasher SM3 = new TreeHasher(SM3.Digest::new);

  /** What the twin's origin adds to the log's. */
  public static final String TWIN_SUFFIX = "/sm3";

  private Trees() {}
}
