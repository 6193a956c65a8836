import { share } from './expansion.js'
import * as gate from './gate.js'
import { LookupShape } from './lookup-shape.js'
import { ELEMENT_BYTES, PROOF_BYTES, Blinded } from './oprf.js'
import { packedCiphertexts } from './packed.js'
import { RecordLock } from './record-lock.js'
import { mismatch } from './refusal.js'
import { lift } from './reply.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./entry-shape.js').Place} Place */
/** @typedef {import('./lookup-terms.js').LookupTerms} LookupTerms */

/** What is looked up, and what opens it. Secret; its parts say nothing of it. */
export class LookupQuestion {
  #key
  #terms
  #places
  #name
  #blinded

  /**
   * @param {BuilderKey} key stays the caller's
   * @param {LookupTerms} terms
   * @param {readonly Place[]} places where it may lie
   * @param {Uint8Array<ArrayBuffer>} name of the entry
   */
  constructor(key, terms, places, name) {
    this.#key = key
    this.#terms = terms
    this.#places = places
    this.#name = name
    this.#blinded = new Blinded(terms.publicKey, name)
  }

  /**
   * @param {BuilderKey} key
   * @param {LookupTerms} terms
   * @param {number} index
   */
  static ofIndex(key, terms, index) {
    return new LookupQuestion(key, terms, terms.shape.ofIndex(index), new RecordLock(terms.table).nameOfIndex(index))
  }

  /**
   * @param {BuilderKey} key
   * @param {LookupTerms} terms
   * @param {string} keyword
   */
  static async ofKeyword(key, terms, keyword) {
    const name = new RecordLock(terms.table).nameOfKeyword(keyword)
    return new LookupQuestion(key, terms, await terms.shape.ofKeyword(keyword), name)
  }

  /**
   * What is sent: queries, the digest of the keys that expand them, what is to be evaluated.
   *
   * @param {Uint8Array} keysSha256
   */
  parts(keysSha256) {
    const { set } = this.#key
    const queries = this.#places.map(({ record }) => {
      const coefficients = query(this.#terms.shape.lookup, record)
      const { limbs } = gate.ciphertext(set, this.#key.encrypt(coefficients))
      coefficients.fill(0n)
      return limbs
    })
    return [packedCiphertexts(set, queries), keysSha256, this.#blinded.element]
  }

  /**
   * @param {Uint8Array} reply an element, its proof, and what each lookup found
   * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} nothing when no entry opens
   * @throws {ClientRefusal} when the reply is of another size, or the evaluation is not proven
   */
  async open(reply) {
    const { shape, table, replyBytes } = this.#terms
    if (!(reply instanceof Uint8Array) || reply.length !== replyBytes) {
      throw mismatch()
    }
    const head = ELEMENT_BYTES + PROOF_BYTES
    const proof = reply.subarray(ELEMENT_BYTES, head)
    const value = Uint8Array.from(this.#blinded.finish(reply.subarray(0, ELEMENT_BYTES), proof))
    const lock = new RecordLock(table)
    const each = shape.lookup.replyBytes
    let found
    for (const [choice, { record, from }] of this.#places.entries()) {
      const packed = reply.subarray(head + choice * each, head + (choice + 1) * each)
      const bytes = recordIn(this.#key, shape.lookup, record, packed)
      for (const start of from) {
        const opened = await lock.open(value, this.#name, bytes.slice(start, start + shape.placeBytes))
        found ??= opened
      }
    }
    return found
  }

  toString() {
    return 'LookupQuestion'
  }

  toJSON() {
    return this.toString()
  }
}

/**
 * The record's row, with the shift that moves it to the front, and its column.
 *
 * @param {LookupShape} shape
 * @param {number} record
 * @returns {BigUint64Array} coefficients; secret
 */
function query(shape, record) {
  const { degree, plainModulus } = shape.set
  const one = share(shape.set, shape.leaves)
  const plaintext = Math.floor(record / LookupShape.RECORDS_PER_PLAINTEXT)
  const row = plaintext % shape.rows
  const shift = shiftOf(shape, record)
  const coefficients = new BigUint64Array(degree)
  if (shift === 0) {
    coefficients[row] = one
  } else {
    coefficients[row + degree - shift] = plainModulus - one // X^-shift is -X^(degree - shift)
  }
  coefficients[shape.rows + Math.floor(plaintext / shape.rows)] = one
  return coefficients
}

/**
 * The bytes of a record; others, and no sign of it, when the reply is to something else.
 *
 * @param {BuilderKey} key
 * @param {LookupShape} shape
 * @param {number} record
 * @param {Uint8Array} reply two packed ciphertexts
 */
function recordIn(key, shape, record, reply) {
  const window = new DataView(new ArrayBuffer(shape.window.bytes))
  let from = 0
  let to = 0
  for (const part of shape.parts) {
    const digits = key.decrypt(lift(shape.set, part, reply.subarray(from, from + part.bytes)))
    for (let i = 0; i < part.count; i++, to += 2) {
      window.setUint16(to, Number(digits[i] & 0xffffn), true)
    }
    from += part.bytes
  }
  const digits = key.decrypt(lift(shape.set, shape.window, new Uint8Array(window.buffer)))
  const first = digitsBefore(record) - shiftOf(shape, record)
  const bytes = new DataView(new ArrayBuffer(LookupShape.RECORD_BYTES))
  for (let i = 0; i < LookupShape.RECORD_DIGITS; i++) {
    bytes.setUint16(2 * i, Number(digits[first + i] & 0xffffn), true)
  }
  return new Uint8Array(bytes.buffer)
}

/** @param {number} record */
function digitsBefore(record) {
  return (record % LookupShape.RECORDS_PER_PLAINTEXT) * LookupShape.RECORD_DIGITS
}

/**
 * Shifts come in multiples of the leaves, which is what expansion leaves of a polynomial.
 *
 * @param {LookupShape} shape
 * @param {number} record
 */
function shiftOf(shape, record) {
  return Math.floor(digitsBefore(record) / shape.leaves) * shape.leaves
}
