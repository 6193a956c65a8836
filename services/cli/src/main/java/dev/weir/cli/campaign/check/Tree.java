package dev.weir.cli.campaign.check;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.jcajce.provider.digest.SM3;

/** The two trees over the leaves of the log, and where their newest checkpoints are. */
public enum Tree {
  SHA256("checkpoint", "cosigned/checkpoint", "checkpoint"),
  SM3("sm3/checkpoint", "cosigned/sm3-checkpoint", "sm3-checkpoint");

  private final String checkpoint;
  private final String cosigned;
  private final String shown;

  Tree(String checkpoint, String cosigned, String shown) {
    this.checkpoint = checkpoint;
    this.cosigned = cosigned;
    this.shown = shown;
  }

  /** Below the log's directory. */
  public String checkpoint() {
    return checkpoint;
  }

  String cosigned() {
    return cosigned;
  }

  /** The kind of acknowledgement that remembers a checkpoint. */
  public String shown() {
    return shown;
  }

  /** Root by size, base64, after RFC 9162 section 2. */
  Map<Long, String> roots(Leaves leaves) {
    var roots = new HashMap<Long, String>();
    var edge = new ArrayList<byte[]>(); // complete subtrees, the largest first
    long size = 0;
    for (var leaf : leaves.all()) {
      byte[] hash = hash((byte) 0, leaf.body());
      for (long rest = size; (rest & 1) == 1; rest >>= 1) {
        hash = hash((byte) 1, edge.removeLast(), hash);
      }
      edge.add(hash);
      byte[] root = edge.getLast();
      for (int i = edge.size() - 2; i >= 0; i--) {
        root = hash((byte) 1, edge.get(i), root);
      }
      roots.put(++size, Base64.getEncoder().encodeToString(root));
    }
    return roots;
  }

  private byte[] hash(byte prefix, byte[]... parts) {
    MessageDigest digest = digest();
    digest.update(prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private MessageDigest digest() {
    try {
      return switch (this) {
        case SHA256 -> MessageDigest.getInstance("SHA-256");
        case SM3 -> new SM3.Digest();
      };
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
