package dev.weir.query.sum;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.kernel.CreditCode;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adder's word for one sum, and the sum.
 *
 * @param ciphertext in SEAL's form, as {@link SumStatement#ciphertextSha256} says
 */
public record SignedSum(Signed signed, ByteBuffer ciphertext) {
  private static final int MAGIC = 0x57535331; // "WSS1"
  private static final ObjectReader READER = SumFrame.reader(Signed.class);

  /**
   * @param adder who signed
   * @param signature over {@link SumStatement#toSign}, base64
   */
  public record Signed(CreditCode adder, SumStatement statement, String signature) {}

  static SignedSum of(
      CreditCode adder, SumStatement statement, ByteBuffer ciphertext, SumSigner signer) {
    return new SignedSum(new Signed(adder, statement, signer.sign(statement.toSign())), ciphertext);
  }

  public SumStatement statement() {
    return signed.statement();
  }

  public byte[] toBytes() {
    return SumFrame.write(MAGIC, signed, ciphertext);
  }

  /** Empty when the bytes are no such message. Nothing is verified yet. */
  public static Optional<SignedSum> read(byte @Nullable [] message) {
    Optional<SumFrame<Signed>> frame = SumFrame.read(MAGIC, READER, message);
    return frame.map(one -> new SignedSum(one.document(), one.rest()));
  }
}
