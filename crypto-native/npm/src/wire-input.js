import { require } from './refusal.js'

export const HEADER_BYTES = 16
export const MAJOR = 4
/** The newest minor version whose form is known. */
const NEWEST_MINOR = 4
const MAGIC = 0xa15e
const SCALE_ONE = 0x3ff0000000000000n

/**
 * @typedef {object} Header
 * @property {number} minor
 * @property {number} compression SEAL's number: 0 none, 1 zlib, 2 zstd
 * @property {number} size of everything that belongs to it, the header included
 */

/** Reads little-endian values and never beyond the end. */
export class WireInput {
  #bytes
  #view
  #at = 0

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** @returns {Header} */
  header() {
    this.#need(HEADER_BYTES)
    const at = this.#at
    require(this.#view.getUint16(at, true) === MAGIC)
    require(this.#view.getUint8(at + 2) === HEADER_BYTES && this.#view.getUint8(at + 3) === MAJOR)
    const minor = this.#view.getUint8(at + 4)
    require(minor <= NEWEST_MINOR)
    const compression = this.#view.getUint8(at + 5)
    require(compression <= 2 && this.#view.getUint16(at + 6, true) === 0)
    this.#at += 8
    const size = this.size()
    require(size >= HEADER_BYTES)
    return { minor, compression, size }
  }

  /**
   * A header inside another object: of the same version, not compressed, of exactly this size.
   *
   * @param {number} minor
   * @param {number} size
   */
  nested(minor, size) {
    const header = this.header()
    require(header.minor === minor && header.compression === 0 && header.size === size)
  }

  /** @returns {number} */
  octet() {
    this.#need(1)
    return this.#bytes[this.#at++]
  }

  /** @returns {bigint} */
  word() {
    this.#need(8)
    const value = this.#view.getBigUint64(this.#at, true)
    this.#at += 8
    return value
  }

  /** A word that counts something; beyond what a page can hold it is refused. */
  size() {
    const value = this.word()
    require(value <= BigInt(Number.MAX_SAFE_INTEGER))
    return Number(value)
  }

  /** @param {number | bigint} value that the next word must have */
  expect(value) {
    require(this.word() === BigInt(value))
  }

  expectScaleOne() {
    this.expect(SCALE_ONE)
  }

  /** @returns {string} lower-case hexadecimal */
  parmsId() {
    this.#need(32)
    const id = this.#bytes.subarray(this.#at, this.#at + 32)
    this.#at += 32
    return Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  /**
   * @param {number} count
   * @returns {BigUint64Array} a copy; like WebAssembly's memory, little-endian wherever a page runs
   */
  words(count) {
    require(count >= 0 && count <= this.remaining() / 8)
    const bytes = this.#bytes.slice(this.#at, this.#at + count * 8)
    this.#at += bytes.length
    return new BigUint64Array(bytes.buffer, bytes.byteOffset, count)
  }

  remaining() {
    return this.#bytes.length - this.#at
  }

  /** What has not been read, not a copy. */
  rest() {
    return this.#bytes.subarray(this.#at)
  }

  end() {
    require(this.remaining() === 0)
  }

  /** @param {number} count */
  #need(count) {
    require(this.remaining() >= count)
  }
}
