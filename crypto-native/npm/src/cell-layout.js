import { CELLS_4096 } from './sets.js'

/**
 * How a table of cells becomes plaintexts, computed from public numbers on both sides: keys go
 * `degree` at a time, a cell is cut into balanced limbs, each limb of each measure is one row and one
 * ciphertext of a reply.
 */
export class CellLayout {
  static MAX_TOTAL_WEIGHT = 2 ** 20
  static LIMB_BITS = 9
  /** Bits that a reply keeps of each coefficient. */
  static REPLY_BITS = 42

  /**
   * @param {number} keys declared group keys, empty ones included
   * @param {number} measures values of a key
   * @param {number} cellBits cells lie in [−2^(cellBits−1), 2^(cellBits−1))
   */
  constructor(keys, measures, cellBits) {
    this.set = CELLS_4096
    this.keys = keys
    this.measures = measures
    this.limbs = Math.ceil((cellBits + 1) / CellLayout.LIMB_BITS)
    this.outputs = measures * this.limbs
    this.terms = Math.ceil(keys / this.set.degree)
    /** What a one-hot question is expanded to. */
    this.leaves = Math.max(2, 2 ** Math.ceil(Math.log2(this.terms)))
    /** Of each ciphertext of a reply: c1 and the last coefficient, or as many as there are leaves. */
    this.sum = this.#shape(1)
    this.oneHot = this.#shape(this.leaves)
    Object.freeze(this)
  }

  /** @param {number} count coefficients of c0, the last ones */
  #shape(count) {
    const bytes = Math.ceil(((this.set.degree + count) * CellLayout.REPLY_BITS) / 8)
    const bits = CellLayout.REPLY_BITS
    const first = this.set.degree - count
    return Object.freeze({ bits, c0Bits: bits, first, count, bytes, replyBytes: this.outputs * bytes })
  }

  /**
   * @param {unknown} keys
   * @param {unknown} measures
   * @param {unknown} cellBits
   */
  static holds(keys, measures, cellBits) {
    return (
      within(keys, 1, CellLayout.MAX_TOTAL_WEIGHT) && within(measures, 1, 2 ** 20) && within(cellBits, 2, 63)
    )
  }
}

/**
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 */
export function within(value, least, most) {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
}
