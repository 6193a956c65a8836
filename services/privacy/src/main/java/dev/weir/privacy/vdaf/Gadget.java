package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;

/** The non-linear part of a circuit, evaluated at several points at once. */
interface Gadget {
  int arity();

  /** Of the polynomial that the gadget is in its inputs. */
  int degree();

  /**
   * @param wires elements, from position {@code at} on, shape [arity][points]
   * @param out receives the outputs, shape [points]
   */
  void evaluate(Field field, long[] wires, int at, int points, long[] out);
}
