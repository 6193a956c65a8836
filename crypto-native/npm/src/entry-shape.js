import { LookupShape } from './lookup-shape.js'
import { sha256 } from './question.js'

/** Bytes that a locked entry has more than its value can: a tag and a length. */
export const LOCK_BYTES = 16 + 2
const CHOICES = 2

/**
 * How locked entries lie in records, and which lookups find one: by index one, by keyword two, found or
 * not. Both sides compute it from public numbers.
 *
 * @typedef {object} Place
 * @property {number} record that is looked up
 * @property {readonly number[]} from where in it the entry may begin
 */
export class EntryShape {
  static MAX_VALUE_BYTES = LookupShape.RECORD_BYTES - LOCK_BYTES

  #seed

  /**
   * @param {'KEYWORD' | 'INDEX'} by
   * @param {number} entries
   * @param {number} valueBytes longest value
   * @param {number} seed of the places of keywords
   */
  constructor(by, entries, valueBytes, seed) {
    this.entries = entries
    this.placeBytes = LookupShape.RECORD_BYTES
    while (this.placeBytes / 2 >= valueBytes + LOCK_BYTES) {
      this.placeBytes /= 2
    }
    this.places = LookupShape.RECORD_BYTES / this.placeBytes
    this.records = by === 'INDEX' ? Math.ceil(entries / this.places) : cuckooRecords(entries, this.places)
    this.queries = by === 'INDEX' ? 1 : CHOICES
    this.lookup = new LookupShape(this.records)
    this.#seed = seed
    Object.freeze(this)
  }

  /**
   * @param {number} index from 0
   * @returns {Place[]}
   */
  ofIndex(index) {
    const from = (index % this.places) * this.placeBytes
    return [{ record: Math.floor(index / this.places), from: [from] }]
  }

  /**
   * The two records in which a keyword may lie, never the same one twice.
   *
   * @param {string} keyword
   * @returns {Promise<Place[]>}
   */
  async ofKeyword(keyword) {
    const hash = new DataView((await sha256(Uint8Array.of(this.#seed, ...new TextEncoder().encode(keyword)))).buffer)
    const first = floorMod(hash.getBigInt64(0), this.records)
    const step = 1 + floorMod(hash.getBigInt64(8), this.records - 1)
    const from = Array.from({ length: this.places }, (_, place) => place * this.placeBytes)
    return [first, (first + step) % this.records].map((record) => ({ record, from }))
  }
}

/**
 * @param {number} entries
 * @param {number} places in a record
 */
function cuckooRecords(entries, places) {
  const load = places === 1 ? 0.42 : places === 2 ? 0.82 : 0.92
  return Math.max(CHOICES, Math.ceil(entries / load / places))
}

/**
 * @param {bigint} value may be negative
 * @param {number} divisor
 */
function floorMod(value, divisor) {
  const by = BigInt(divisor)
  return Number(((value % by) + by) % by)
}
