/** What node-seal's loaders are given: bytes written here, from limbs that were checked or made here. */
import { SEED_WORDS } from './gate.js'
import { HEADER_BYTES } from './wire-input.js'
import { WireOutput } from './wire-output.js'

/** @typedef {import('./sets.js').ParameterSet} ParameterSet */

/** @param {ParameterSet} set */
export function parametersBytes(set) {
  const out = new WireOutput().octet(1).word(set.degree).word(set.primes.length)
  for (const modulus of [...set.primes, set.plainModulus]) {
    out.header(HEADER_BYTES + 8).word(modulus)
  }
  return out.framed()
}

/**
 * @param {ParameterSet} set
 * @param {BigUint64Array} limbs `[primes][degree]` in NTT form; secret
 */
export function secretKeyBytes(set, limbs) {
  return new WireOutput().parmsId(set.id).word(limbs.length).scaleOne().array(limbs).framed()
}

/**
 * @param {ParameterSet} set
 * @param {BigUint64Array} limbs c0, then c1 or its seed, of the level without dropped primes
 */
export function ciphertextBytes(set, limbs) {
  const primes = set.dataPrimes.length
  const each = primes * set.degree
  const out = new WireOutput()
    .parmsId(set.levelIds[0])
    .octet(0)
    .word(2)
    .word(set.degree)
    .word(primes)
    .scaleOne()
    .word(1)
  if (limbs.length === 2 * each) {
    return out.array(limbs).framed()
  }
  return out
    .array(limbs.subarray(0, each))
    .header(HEADER_BYTES + 1 + SEED_WORDS * 8)
    .octet(1)
    .words(limbs.subarray(each))
    .framed()
}

/**
 * @param {BigUint64Array} coefficients below the plain modulus
 */
export function plaintextBytes(coefficients) {
  return new WireOutput()
    .parmsId('00'.repeat(32))
    .word(coefficients.length)
    .scaleOne()
    .array(coefficients)
    .framed()
}
