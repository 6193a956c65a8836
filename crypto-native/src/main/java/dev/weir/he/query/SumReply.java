package dev.weir.he.query;

import dev.weir.he.HeContext;
import dev.weir.he.ReplyShape;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** What a reply's ciphertexts say at a place: each measure's sum, put together from its limbs. */
final class SumReply {
  private final CellLayout layout;
  private final Words plain; // [outputs][degree]

  private SumReply(CellLayout layout, Words plain) {
    this.layout = layout;
    this.plain = plain;
  }

  /**
   * @param shape of each ciphertext of the reply
   */
  static SumReply open(
      HeContext context, CellLayout layout, ReplyShape shape, SecretKey secret, ByteBuffer reply) {
    int bytes = layout.outputs() * shape.bytes(layout.parameters());
    if (reply.remaining() != bytes) {
      throw new IllegalArgumentException("a reply has " + bytes + " bytes");
    }
    try (var ciphertexts = context.lift(shape, direct(reply))) {
      return new SumReply(layout, secret.decrypt(ciphertexts));
    }
  }

  /**
   * The sum of each measure.
   *
   * @param place the coefficient at which the sums stand
   * @param digit of what stands there, the one that is meant
   */
  List<BigInteger> at(int place, LongUnaryOperator digit) {
    int degree = layout.parameters().degree();
    long modulus = layout.parameters().plainModulus();
    return IntStream.range(0, layout.measures())
        .mapToObj(measure -> {
          var digits =
              IntStream.range(measure * layout.limbs(), (measure + 1) * layout.limbs())
                  .mapToLong(output -> signed(plain.get(output * degree + place), modulus))
                  .map(digit)
                  .toArray();
          return Limbs.value(digits, layout.limbBits());
        })
        .toList();
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
