package dev.weir.he.query;

import dev.weir.he.HeContext;
import dev.weir.he.ReplyShape;
import dev.weir.he.SecretKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** What a reply's ciphertexts say at one place: each measure's sum, put together from its limbs. */
final class SumReply {
  private SumReply() {}

  /**
   * @param shape of each ciphertext of the reply
   * @param place the coefficient at which the sums stand
   */
  static List<BigInteger> sums(
      HeContext context,
      CellLayout layout,
      ReplyShape shape,
      int place,
      SecretKey secret,
      ByteBuffer reply) {
    int bytes = layout.outputs() * shape.bytes(layout.parameters());
    if (reply.remaining() != bytes) {
      throw new IllegalArgumentException("a reply has " + bytes + " bytes");
    }
    int degree = layout.parameters().degree();
    long modulus = layout.parameters().plainModulus();
    try (var ciphertexts = context.lift(shape, direct(reply))) {
      var plain = secret.decrypt(ciphertexts);
      return IntStream.range(0, layout.measures())
          .mapToObj(measure -> {
            var digits =
                IntStream.range(measure * layout.limbs(), (measure + 1) * layout.limbs())
                    .mapToLong(output -> signed(plain.get(output * degree + place), modulus))
                    .toArray();
            return Limbs.value(digits, layout.limbBits());
          })
          .toList();
    }
  }

  private static long signed(long residue, long modulus) {
    return residue > modulus / 2 ? residue - modulus : residue;
  }

  private static ByteBuffer direct(ByteBuffer bytes) {
    return bytes.isDirect()
        ? bytes.slice()
        : ByteBuffer.allocateDirect(bytes.remaining()).put(bytes.duplicate()).flip();
  }
}
