package dev.weir.he.query;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The asker's side of a lookup by index. */
public final class LookupQuestion {
  private final HeContext context;
  private final LookupShape shape;

  public LookupQuestion(HeContext context, LookupShape shape) {
    this.context = context;
    this.shape = shape;
  }

  /** Elements of the Galois keys that travel once, before the first question. */
  public List<Integer> keyElements() {
    return GaloisKeys.expansionElements(LookupShape.PARAMETERS, shape.leaves());
  }

  /**
   * One ciphertext: the record's row, with the shift that moves it to the front, and its column.
   *
   * @return seeded
   */
  public Words ask(SecretKey secret, int record) {
    if (record < 0 || record >= shape.records()) {
      throw new IllegalArgumentException("no such record");
    }
    int degree = LookupShape.PARAMETERS.degree();
    long modulus = LookupShape.PARAMETERS.plainModulus();
    int plaintext = record / LookupShape.RECORDS_PER_PLAINTEXT;
    long one =
        BigInteger.valueOf(shape.leaves()).modInverse(BigInteger.valueOf(modulus)).longValue();
    int row = plaintext % shape.rows();
    int column = plaintext / shape.rows();
    var plain = Words.allocate(degree);
    int shift = shift(record);
    if (shift == 0) {
      plain.set(row, one);
    } else {
      plain.set(row + degree - shift, modulus - one); // X^-shift is -X^(degree - shift)
    }
    plain.set(shape.rows() + column, one);
    try {
      return secret.encrypt(plain);
    } finally {
      plain.erase();
    }
  }

  /** The record; wrong bytes, and no sign of it, when the reply is to something else. */
  public byte[] record(SecretKey secret, int record, ByteBuffer reply) {
    if (reply.remaining() != shape.replyBytes()) {
      throw new IllegalArgumentException("a reply has " + shape.replyBytes() + " bytes");
    }
    try (var parts = context.lift(LookupReply.whole(), LookupReply.unpack(shape, reply));
        var found = context.lift(shape.window(), inner(secret.decrypt(parts)))) {
      var digits = secret.decrypt(found);
      int from = record % LookupShape.RECORDS_PER_PLAINTEXT * LookupShape.RECORD_DIGITS;
      var bytes = ByteBuffer.allocate(LookupShape.RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < LookupShape.RECORD_DIGITS; i++) {
        bytes.putShort((short) digits.get(from - shift(record) + i));
      }
      return bytes.array();
    }
  }

  /** The truncated ciphertext of the first dimension, put together from its digits. */
  private ByteBuffer inner(Words digits) {
    var bytes =
        ByteBuffer.allocateDirect(shape.window().bytes(LookupShape.PARAMETERS))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int part = 0; part < LookupShape.REPLY_PARTS; part++) {
      for (int i = 0; i < shape.digitsOfPart(part); i++) {
        bytes.putShort((short) digits.get(part * LookupShape.PARAMETERS.degree() + i));
      }
    }
    return bytes.flip();
  }

  /** Shifts come in multiples of the leaves, which is what expansion leaves of a polynomial. */
  private int shift(int record) {
    int from = record % LookupShape.RECORDS_PER_PLAINTEXT * LookupShape.RECORD_DIGITS;
    return from / shape.leaves() * shape.leaves();
  }
}
