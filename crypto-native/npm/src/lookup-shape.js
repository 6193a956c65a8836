import { LOOKUP_4096 } from './sets.js'

const DIGIT_BYTES = 2 // below the plain modulus 65,537
const BITS = 25
/** Of c0 in a reply; c1 keeps all its bits, because the key multiplies its rounding. */
const C0_BITS = 20
const FEWEST_LEAVES = 16
const MOST_LEAVES = 1024

/** How records of 1 KiB become plaintexts, and plaintexts a rectangle; both sides compute it. */
export class LookupShape {
  static RECORD_BYTES = 1024
  static RECORD_DIGITS = LookupShape.RECORD_BYTES / DIGIT_BYTES
  static RECORDS_PER_PLAINTEXT = LOOKUP_4096.degree / LookupShape.RECORD_DIGITS
  static MAX_RECORDS = (MOST_LEAVES / 2) ** 2 * LookupShape.RECORDS_PER_PLAINTEXT

  /** @param {number} records */
  constructor(records) {
    this.set = LOOKUP_4096
    const plaintexts = Math.ceil(records / LookupShape.RECORDS_PER_PLAINTEXT)
    let leaves = FEWEST_LEAVES
    while ((leaves / 2) ** 2 < plaintexts) {
      leaves *= 2
    }
    let columns = 1
    while ((leaves - columns) * columns < plaintexts) {
      columns++
    }
    /** What a query is expanded to: a row and a column. */
    this.leaves = leaves
    this.rows = Math.ceil(plaintexts / columns)
    /** The front of a plaintext, to which a query moves its record. */
    this.window = this.#kept(Math.max(LookupShape.RECORD_DIGITS, leaves), BITS)
    const digits = this.window.bytes / DIGIT_BYTES
    /** Two ciphertexts, whose digits are the bytes of a third one. */
    this.parts = Object.freeze([this.set.degree, digits - this.set.degree].map((count) => this.#kept(count, C0_BITS)))
    this.replyBytes = this.parts.reduce((sum, part) => sum + part.bytes, 0)
    Object.freeze(this)
  }

  /**
   * @param {number} count coefficients of c0, the first ones
   * @param {number} c0Bits of each
   */
  #kept(count, c0Bits) {
    const bytes = (this.set.degree * BITS) / 8 + Math.ceil((count * c0Bits) / 8)
    return Object.freeze({ bits: BITS, c0Bits, first: 0, count, bytes })
  }
}
