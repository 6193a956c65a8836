/**
 * The one gate for foreign bytes in the page, as strict as the service's: magic, nested headers,
 * sizes, parameter id, every coefficient below its prime, bounded inflation. What passes is limbs;
 * node-seal's loaders are handed only bytes that were written anew from them, never these.
 *
 * zstd is refused: no page can inflate it, and node-seal writes it only when told to.
 */
import { inflate } from './inflate.js'
import { refuse, require } from './refusal.js'
import { SETS } from './sets.js'
import { HEADER_BYTES, WireInput } from './wire-input.js'

/** @typedef {import('./sets.js').ParameterSet} ParameterSet */

const BFV = 1
const BLAKE2XB = 1
export const SEED_WORDS = 8
const GENERATOR_BYTES = HEADER_BYTES + 1 + SEED_WORDS * 8
const MODULUS_BYTES = HEADER_BYTES + 8
const MAX_PARAMETER_BYTES = 17 + 9 * MODULUS_BYTES
const ARRAY_BYTES = HEADER_BYTES + 8
const POLYNOMIALS = 2
const CIPHERTEXT_BYTES = 32 + 1 + 5 * 8
/** Compressed bytes may exceed the plain ones by this share, when there is nothing to gain. */
const SLACK = 8

/**
 * @typedef {object} CheckedCiphertext
 * @property {number} primesDropped its level
 * @property {boolean} seeded whether the limbs are c0 and a seed, or c0 and c1
 * @property {BigUint64Array} limbs `[primes][degree]` per polynomial
 */

/**
 * The set of the registry with exactly these numbers.
 *
 * @param {Uint8Array} bytes
 * @returns {ParameterSet}
 */
export function parameters(bytes) {
  const { input, minor } = open(bytes, MAX_PARAMETER_BYTES)
  require(input.octet() === BFV)
  const degree = input.size()
  const count = input.size()
  require(count > 0 && count <= MAX_PARAMETER_BYTES / MODULUS_BYTES)
  const moduli = Array.from({ length: count + 1 }, () => {
    input.nested(minor, MODULUS_BYTES)
    return input.word()
  })
  input.end()
  const plainModulus = moduli.pop()
  const set = SETS.find(
    (one) =>
      one.degree === degree &&
      one.plainModulus === plainModulus &&
      one.primes.length === moduli.length &&
      one.primes.every((prime, i) => prime === moduli[i]),
  )
  return set ?? refuse()
}

/**
 * @param {ParameterSet} set
 * @param {Uint8Array} bytes
 * @returns {BigUint64Array} `[primes][degree]` in NTT form; secret
 */
export function secretKey(set, bytes) {
  const count = set.primes.length * set.degree
  const { input, minor } = open(bytes, 32 + 2 * 8 + ARRAY_BYTES + count * 8)
  require(input.parmsId() === set.id)
  input.expect(count)
  input.expectScaleOne()
  input.nested(minor, ARRAY_BYTES + count * 8)
  input.expect(count)
  const limbs = input.words(count)
  input.end()
  checkBounds(limbs, set.primes, set.degree)
  return limbs
}

/**
 * @param {ParameterSet} set
 * @param {Uint8Array} bytes
 * @returns {BigUint64Array} c0 and either c1 or its seed, in NTT form over all primes
 */
export function publicKey(set, bytes) {
  const { input, minor } = open(bytes, maxBytes(set, set.primes.length))
  require(input.parmsId() === set.id)
  const limbs = polynomials(input, minor, set, set.primes, true)
  input.end()
  return limbs
}

/**
 * Galois keys: all seeded or none.
 *
 * @param {ParameterSet} set
 * @param {Uint8Array} bytes
 * @param {number} maxElements more are refused
 * @returns {{ elements: number[], limbs: BigUint64Array[] }} limbs by element, then by data prime
 */
export function galoisKeys(set, bytes, maxElements) {
  const digits = set.dataPrimes.length
  const each = HEADER_BYTES + maxBytes(set, set.primes.length)
  const { input, minor } = open(bytes, 32 + (1 + set.degree) * 8 + maxElements * digits * each)
  require(input.parmsId() === set.id)
  const slots = input.size()
  require(slots <= set.degree)
  /** @type {number[]} */
  const elements = []
  /** @type {BigUint64Array[]} */
  const limbs = []
  for (let slot = 0; slot < slots; slot++) {
    const present = input.size()
    require(present === 0 || (present === digits && slot > 0))
    if (present > 0) {
      elements.push(2 * slot + 1)
      require(elements.length <= maxElements)
      for (let digit = 0; digit < digits; digit++) {
        limbs.push(nestedKey(input, minor, set))
      }
    }
  }
  input.end()
  require(limbs.length > 0 && limbs.every((one) => one.length === limbs[0].length))
  return { elements, limbs }
}

/**
 * A ciphertext of any level, in coefficient form.
 *
 * @param {ParameterSet} set
 * @param {Uint8Array} bytes
 * @returns {CheckedCiphertext}
 */
export function ciphertext(set, bytes) {
  const { input, minor } = open(bytes, maxBytes(set, set.dataPrimes.length))
  const primesDropped = set.levelIds.indexOf(input.parmsId())
  require(primesDropped >= 0)
  const primes = set.dataPrimes.slice(0, set.dataPrimes.length - primesDropped)
  const limbs = polynomials(input, minor, set, primes, false)
  input.end()
  const seeded = limbs.length !== POLYNOMIALS * primes.length * set.degree
  require(!seeded || primesDropped === 0)
  return { primesDropped, seeded, limbs }
}

/**
 * A plaintext in coefficient form, as a decryption leaves it: what is missing is zero.
 *
 * @param {ParameterSet} set
 * @param {Uint8Array} bytes
 * @returns {BigUint64Array} `[degree]`
 */
export function plaintext(set, bytes) {
  const { input, minor } = open(bytes, 32 + 2 * 8 + ARRAY_BYTES + set.degree * 8)
  require(/^0{64}$/.test(input.parmsId()))
  const count = input.size()
  require(count <= set.degree)
  input.expectScaleOne()
  input.nested(minor, ARRAY_BYTES + count * 8)
  input.expect(count)
  const given = input.words(count)
  input.end()
  require(given.every((value) => value < set.plainModulus))
  const coefficients = new BigUint64Array(set.degree)
  coefficients.set(given)
  return coefficients
}

/**
 * Every coefficient below its prime, for any number of whole polynomials.
 *
 * @param {BigUint64Array} limbs
 * @param {readonly bigint[]} primes
 * @param {number} degree
 */
export function checkBounds(limbs, primes, degree) {
  for (let at = 0; at < limbs.length;) {
    for (const prime of primes) {
      let below = true
      for (let i = 0; i < degree; i++) {
        below = limbs[at++] < prime && below
      }
      require(below)
    }
  }
}

/**
 * The part after the outer header, inflated to at most `bound` bytes.
 *
 * @param {Uint8Array} bytes
 * @param {number} bound
 */
function open(bytes, bound) {
  require(bytes instanceof Uint8Array && bytes.length <= HEADER_BYTES + bound + bound / SLACK + 64)
  const outer = new WireInput(bytes)
  const { minor, compression, size } = outer.header()
  require(size === bytes.length && compression < 2)
  const plain = compression === 0 ? outer.rest() : inflate(outer.rest(), bound)
  require(plain.length <= bound)
  return { input: new WireInput(plain), minor }
}

/**
 * Bytes after the header of an unseeded ciphertext, which is the longest form.
 *
 * @param {ParameterSet} set
 * @param {number} primes
 */
function maxBytes(set, primes) {
  return CIPHERTEXT_BYTES + ARRAY_BYTES + POLYNOMIALS * primes * set.degree * 8
}

/**
 * What follows the parameter id: c0 and either c1 or the seed of it.
 *
 * @param {WireInput} input
 * @param {number} minor
 * @param {ParameterSet} set
 * @param {readonly bigint[]} primes
 * @param {boolean} ntt
 */
function polynomials(input, minor, set, primes, ntt) {
  require(input.octet() === (ntt ? 1 : 0))
  input.expect(POLYNOMIALS)
  input.expect(set.degree)
  input.expect(primes.length)
  input.expectScaleOne()
  input.expect(1) // correction factor, which BFV does not use
  const each = primes.length * set.degree
  const header = input.header()
  require(header.minor === minor && header.compression === 0)
  const count = input.size()
  require(count === each || count === POLYNOMIALS * each)
  require(header.size === ARRAY_BYTES + count * 8)
  const limbs = input.words(count)
  checkBounds(limbs, primes, set.degree)
  if (count === POLYNOMIALS * each) {
    return limbs
  }
  input.nested(minor, GENERATOR_BYTES)
  require(input.octet() === BLAKE2XB)
  const seeded = new BigUint64Array(each + SEED_WORDS)
  seeded.set(limbs)
  seeded.set(input.words(SEED_WORDS), each)
  return seeded
}

/**
 * @param {WireInput} input
 * @param {number} minor
 * @param {ParameterSet} set
 */
function nestedKey(input, minor, set) {
  const header = input.header()
  require(header.minor === minor && header.compression === 0)
  const before = input.remaining()
  require(input.parmsId() === set.id)
  const limbs = polynomials(input, minor, set, set.primes, true)
  require(header.size === before - input.remaining() + HEADER_BYTES)
  return limbs
}
