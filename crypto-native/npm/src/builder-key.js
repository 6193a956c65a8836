import * as gate from './gate.js'
import { ClientRefusal, WireRefusal } from './refusal.js'
import { Seal } from './seal.js'
import { secretKeyBytes } from './seal-form.js'
import { named } from './sets.js'

/** @typedef {import('./sets.js').ParameterSet} ParameterSet */

const VERSION = 1
const MAX_FILE_CHARACTERS = 2 << 20

/**
 * The key that a builder's questions are encrypted with. It never leaves the page it was made in:
 * nothing here sends it, and it shows itself neither in JSON nor as text.
 */
export class BuilderKey {
  #seal
  #secret
  #id

  /**
   * @param {Seal} seal owned from here on
   * @param {ReturnType<Seal['generate']>} secret owned from here on
   * @param {string} id
   */
  constructor(seal, secret, id) {
    this.#seal = seal
    this.#secret = secret
    this.#id = id
  }

  /**
   * @param {ParameterSet} set
   * @param {import('node-seal').InitializeOptions} [options]
   */
  static async generate(set, options) {
    const seal = await Seal.open(set, options)
    const id = crypto.getRandomValues(new Uint8Array(32))
    return new BuilderKey(seal, seal.generate(), hexadecimal(id))
  }

  /**
   * A key from the text of its file, in the form that `weir he keygen` writes; the bytes inside pass
   * the gate.
   *
   * @param {string} text
   * @param {import('node-seal').InitializeOptions} [options]
   */
  static async restore(text, options) {
    const { set, id, limbs } = read(text)
    const seal = await Seal.open(set, options)
    try {
      return new BuilderKey(seal, seal.restore(limbs), id)
    } finally {
      limbs.fill(0n)
    }
  }

  /** @returns {ParameterSet} */
  get set() {
    return this.#seal.set
  }

  /** What questions are counted by: random, and says nothing about the key. */
  get id() {
    return this.#id
  }

  /**
   * @param {ParameterSet} set that a question needs
   * @throws {ClientRefusal} when the key is of another
   */
  require(set) {
    if (set !== this.set) {
      throw new ClientRefusal(
        '密钥属于另一参数集；所需参数集为 ' + set.label,
        'the key is of another parameter set; this needs one of ' + set.label,
      )
    }
  }

  /**
   * Seeded keys that expand this key's queries; they are sent, and say nothing of what is asked.
   *
   * @param {readonly number[]} elements
   */
  galoisKeys(elements) {
    return this.#secret.galoisKeys(elements)
  }

  /** @param {BigUint64Array} coefficients secret */
  encrypt(coefficients) {
    return this.#secret.encrypt(coefficients)
  }

  /** @param {BigUint64Array} limbs */
  decrypt(limbs) {
    return this.#secret.decrypt(limbs)
  }

  /**
   * The text of a file for its owner alone, which `weir he decrypt` and {@link BuilderKey.restore}
   * read. Whoever reads it reads every question and answer.
   */
  revealFile() {
    const limbs = this.#secret.revealLimbs()
    const bytes = secretKeyBytes(this.set, limbs)
    try {
      const secretKey = base64(bytes)
      return JSON.stringify({ v: VERSION, parameterSet: this.set.label, keyId: this.#id, secretKey }) + '\n'
    } finally {
      limbs.fill(0n)
      bytes.fill(0)
    }
  }

  close() {
    this.#secret.close()
    this.#seal.close()
  }

  toString() {
    return `BuilderKey[${this.set.label}]`
  }

  toJSON() {
    return this.toString()
  }
}

/** @param {string} text */
function read(text) {
  try {
    const stored = JSON.parse(text.length <= MAX_FILE_CHARACTERS ? text : '')
    const set = named(stored.parameterSet)
    if (set && stored.v === VERSION && /^[0-9a-f]{64}$/.test(stored.keyId)) {
      const bytes = Uint8Array.from(atob(stored.secretKey), (character) => character.charCodeAt(0))
      const limbs = gate.secretKey(set, bytes)
      bytes.fill(0)
      return { set, id: String(stored.keyId), limbs }
    }
  } catch (fault) {
    // A text that is no JSON, no base64 or no key: the one answer below.
    if (!(fault instanceof SyntaxError || fault instanceof DOMException || fault instanceof WireRefusal || fault instanceof TypeError)) {
      throw fault
    }
  }
  throw new ClientRefusal('文件中没有可用的同态密钥', 'there is no usable encryption key in the file')
}

/** @param {Uint8Array} bytes */
export function hexadecimal(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  let characters = ''
  for (const byte of bytes) {
    characters += String.fromCharCode(byte)
  }
  return btoa(characters)
}
