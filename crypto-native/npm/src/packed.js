/**
 * A form of our own for what travels seeded: limbs in the bits of their primes, and seeds. Form:
 * `WHE1`, a kind, three zero bytes, the id of the parameter set, a count, the elements of Galois keys,
 * then per polynomial its limbs prime by prime and its seed. All of it is written; nothing is read.
 */
import { SEED_WORDS } from './gate.js'
import { WireOutput } from './wire-output.js'

/** @typedef {import('./sets.js').ParameterSet} ParameterSet */

const MAGIC = 0x31454857
const CIPHERTEXTS = 1
const GALOIS_KEYS = 3

/**
 * Seeded ciphertexts.
 *
 * @param {ParameterSet} set
 * @param {readonly BigUint64Array[]} limbs of each c0 and the seed of c1, past the gate
 */
export function packedCiphertexts(set, limbs) {
  const out = head(set, CIPHERTEXTS, limbs.length, [])
  limbs.forEach((one) => out.octets(polynomial(set.dataPrimes, set.degree, one)))
  return out.toBytes()
}

/**
 * Seeded Galois keys.
 *
 * @param {ParameterSet} set
 * @param {{ elements: number[], limbs: BigUint64Array[] }} keys limbs by element, then by data prime
 */
export function packedGaloisKeys(set, { elements, limbs }) {
  const out = head(set, GALOIS_KEYS, elements.length, elements)
  limbs.forEach((one) => out.octets(polynomial(set.primes, set.degree, one)))
  return out.toBytes()
}

/**
 * @param {ParameterSet} set
 * @param {number} kind
 * @param {number} count
 * @param {number[]} elements
 */
function head(set, kind, count, elements) {
  return new WireOutput()
    .octets(integers([MAGIC, kind]))
    .parmsId(set.id)
    .octets(integers([count, ...elements]))
}

/** @param {number[]} values */
function integers(values) {
  const bytes = new Uint8Array(4 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => view.setUint32(4 * i, value, true))
  return bytes
}

/**
 * Least significant bits first, each prime's limbs from a whole byte on.
 *
 * @param {readonly bigint[]} primes
 * @param {number} degree
 * @param {BigUint64Array} limbs with the seed at their end
 */
function polynomial(primes, degree, limbs) {
  const bits = primes.map((prime) => prime.toString(2).length)
  const bytes = new Uint8Array(bits.reduce((sum, one) => sum + Math.ceil((degree * one) / 8), 0) + SEED_WORDS * 8)
  let at = 0
  primes.forEach((_, i) => {
    let held = 0
    let count = 0
    for (let word = i * degree; word < (i + 1) * degree; word++) {
      held += Number(limbs[word]) * 2 ** count // at most 7 bits wait, and a prime has at most 45
      for (count += bits[i]; count >= 8; count -= 8) {
        bytes[at++] = held % 256
        held = Math.floor(held / 256)
      }
    }
    if (count > 0) {
      bytes[at++] = held
    }
  })
  const view = new DataView(bytes.buffer)
  for (let word = primes.length * degree; word < limbs.length; word++, at += 8) {
    view.setBigUint64(at, limbs[word], true)
  }
  return bytes
}
