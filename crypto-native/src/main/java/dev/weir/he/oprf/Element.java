package dev.weir.he.oprf;

import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;

/** A point of the group, never its zero. Immutable. */
public final class Element {
  /** Length of the compressed form. */
  public static final int BYTES = 33;

  private final ECPoint point;

  Element(ECPoint point) {
    this.point = point;
  }

  /**
   * @throws OprfException when the bytes name no point
   */
  public static Element ofBytes(byte[] bytes) {
    return new Element(P256.decoded(bytes));
  }

  public byte[] toBytes() {
    return point.getEncoded(true);
  }

  ECPoint point() {
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Element element && element.point.equals(point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
