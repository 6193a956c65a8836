import { HEADER_BYTES, MAJOR } from './wire-input.js'

/** SEAL 4.1, which node-seal 7 is, reads nothing newer than itself. */
const MINOR = 1

/** Collects little-endian values for node-seal's loaders and for a service; never compressed. */
export class WireOutput {
  /** @type {Uint8Array[]} */
  #parts = []

  /** @param {number} size of everything that belongs to it, the header included */
  header(size) {
    this.octets(Uint8Array.of(0x5e, 0xa1, HEADER_BYTES, MAJOR, MINOR, 0, 0, 0))
    return this.word(size)
  }

  /** @param {number} value */
  octet(value) {
    return this.octets(Uint8Array.of(value))
  }

  /** @param {number | bigint} value */
  word(value) {
    return this.words([BigInt(value)])
  }

  scaleOne() {
    return this.word(0x3ff0000000000000n)
  }

  /** @param {string} id */
  parmsId(id) {
    return this.octets(Uint8Array.from(id.match(/../g) ?? [], (digits) => parseInt(digits, 16)))
  }

  /** @param {ArrayLike<bigint>} words */
  words(words) {
    const bytes = new Uint8Array(words.length * 8)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < words.length; i++) {
      view.setBigUint64(i * 8, words[i], true)
    }
    return this.octets(bytes)
  }

  /**
   * An array with its own header and length.
   *
   * @param {ArrayLike<bigint>} words
   */
  array(words) {
    return this.header(HEADER_BYTES + 8 + words.length * 8)
      .word(words.length)
      .words(words)
  }

  /** @param {Uint8Array} bytes */
  octets(bytes) {
    this.#parts.push(bytes)
    return this
  }

  /** @returns {Uint8Array} */
  toBytes() {
    const bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of this.#parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }

  /** All of it after an outer header. */
  framed() {
    const body = this.toBytes()
    return new WireOutput().header(HEADER_BYTES + body.length).octets(body).toBytes()
  }
}
