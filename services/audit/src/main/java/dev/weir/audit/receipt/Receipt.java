package dev.weir.audit.receipt;

import dev.weir.kernel.LeafId;
import java.util.List;

/**
 * What a party keeps to prove its use later without us. Immutable.
 *
 * @param leaf its bytes, which are RFC 8785 JSON
 * @param size of the tree that the proof is for
 * @param proof inclusion proof (RFC 9162 §2.1.3) in base64, from the leaf upwards
 * @param checkpoint signed note of that tree
 * @param witnessed whether the checkpoint carries a cosignature
 */
public record Receipt(
    LeafId leafId,
    long index,
    String leaf,
    long size,
    List<String> proof,
    String checkpoint,
    boolean witnessed) {
  public Receipt {
    proof = List.copyOf(proof);
  }
}
