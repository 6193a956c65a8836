/** Queries that are expanded where they are evaluated, into a power of two of leaves. */
import { hexadecimal } from './builder-key.js'
import { packedGaloisKeys } from './packed.js'
import { sha256 } from './question.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./sets.js').ParameterSet} ParameterSet */

/**
 * What stands for one in a query: expansion multiplies by the number of leaves.
 *
 * @param {ParameterSet} set
 * @param {number} leaves
 */
export function share({ plainModulus }, leaves) {
  let result = 1n
  let base = BigInt(leaves)
  for (let exponent = plainModulus - 2n; exponent > 0n; exponent >>= 1n) {
    result = exponent & 1n ? (result * base) % plainModulus : result
    base = (base * base) % plainModulus
  }
  return result
}

/** Keys that expand one key's queries: they are sent once, and named by their digest afterwards. */
export class SwitchingKeys {
  #key
  /** @type {Map<number, Uint8Array<ArrayBuffer>>} digests of keys that were sent, by leaves */
  #sent = new Map()

  /** @param {BuilderKey} key stays the caller's */
  constructor(key) {
    this.#key = key
  }

  /**
   * The digest of keys that the service has, made and sent when it has none.
   *
   * @param {HttpQuestions} service
   * @param {number} leaves
   */
  async digest(service, leaves) {
    const known = this.#sent.get(leaves)
    if (known !== undefined && (await service.holdsKeys(hexadecimal(known)))) {
      return known
    }
    const { set } = this.#key
    const elements = Array.from({ length: Math.log2(leaves) }, (_, level) => set.degree / 2 ** level + 1)
    const packed = Uint8Array.from(packedGaloisKeys(set, this.#key.galoisKeys(elements)))
    await service.uploadKeys(packed)
    const digest = await sha256(packed)
    this.#sent.set(leaves, digest)
    return digest
  }
}
