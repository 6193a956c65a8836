package dev.weir.intake.treatment;

/** Masking of texts by code points. Pure. */
final class Masks {
  private Masks() {}

  static String mask(String text, Treatment.Mask mask) {
    int[] points = text.codePoints().toArray();
    boolean hides = points.length > mask.keepFirst() + mask.keepLast();
    var masked = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      boolean kept = hides && (i < mask.keepFirst() || i >= points.length - mask.keepLast());
      masked.appendCodePoint(kept ? points[i] : '*');
    }
    return masked.toString();
  }
}
