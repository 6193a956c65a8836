/**
 * The asker's side of RFC 9497 (VOPRF, P256-SHA256): the only module that touches the curve library.
 * Who evaluates learns neither the input nor the value, and proves that it used the key it announced.
 */
import { p256_oprf } from '@noble/curves/nist.js'
import { ClientRefusal, mismatch } from './refusal.js'

export const ELEMENT_BYTES = 33
export const PROOF_BYTES = 64
const MAX_INPUT_BYTES = 0xffff

const { voprf } = p256_oprf

/** One input, blinded. Shows itself neither in JSON nor as text. */
export class Blinded {
  #publicKey
  #input
  #blind
  /** What is sent: uniform, whatever the input is. */
  element

  /**
   * @param {Uint8Array} publicKey of who evaluates, known before
   * @param {Uint8Array} input secret
   * @param {(bytes?: number) => Uint8Array<ArrayBuffer>} [random] of the caller's choice for test vectors
   *   alone
   */
  constructor(publicKey, input, random) {
    if (input.length > MAX_INPUT_BYTES) {
      throw new ClientRefusal('关键词过长', 'the keyword is too long')
    }
    const { blind, blinded } = voprf.blind(input, random)
    this.#publicKey = publicKey
    this.#input = input
    this.#blind = blind
    this.element = blinded
  }

  /**
   * The function's value on the input.
   *
   * @param {Uint8Array} evaluated element that came back
   * @param {Uint8Array} proof
   * @throws {ClientRefusal} when another key was used, another element evaluated, or these are no such
   */
  finish(evaluated, proof) {
    if (evaluated.length !== ELEMENT_BYTES || proof.length !== PROOF_BYTES || this.#publicKey.length !== ELEMENT_BYTES) {
      throw mismatch()
    }
    try {
      return voprf.finalize(this.#input, this.#blind, evaluated, this.element, this.#publicKey, proof)
    } catch {
      throw mismatch() // bytes that name no point, numbers that are not reduced, a proof of something else
    }
  }

  toString() {
    return 'Blinded'
  }

  toJSON() {
    return this.toString()
  }
}
