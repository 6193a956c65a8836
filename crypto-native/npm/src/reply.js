/** Packed replies: all of c1 and one coefficient of c0, rounded to multiples of q / 2^bits. */
import { CellLayout } from './cell-layout.js'
import { ClientRefusal } from './refusal.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */

/** Fields of a few bits, least significant first. */
class BitReader {
  #bytes
  #at = 0
  #held = 0
  #count = 0

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes
  }

  /** @param {number} bits at most 45, so that what is held stays a whole number */
  take(bits) {
    for (; this.#count < bits; this.#count += 8) {
      this.#held += this.#bytes[this.#at++] * 2 ** this.#count
    }
    const value = this.#held % 2 ** bits
    this.#held = Math.floor(this.#held / 2 ** bits)
    this.#count -= bits
    return value
  }
}

/**
 * The ciphertext that one packed ciphertext stands for; every value of its bits stands for one.
 *
 * @param {CellLayout} layout
 * @param {Uint8Array} packed
 * @returns {BigUint64Array} `[2][data primes][degree]`
 */
export function lift(layout, packed) {
  const { degree, dataPrimes } = layout.set
  const limbs = new BigUint64Array(2 * dataPrimes.length * degree)
  const modulus = dataPrimes.reduce((product, prime) => product * prime)
  const bits = BigInt(CellLayout.REPLY_BITS)
  const half = 1n << (bits - 1n)
  const reader = new BitReader(packed)
  /** @param {number} at */
  const write = (at) => {
    const value = (BigInt(reader.take(CellLayout.REPLY_BITS)) * modulus + half) >> bits
    dataPrimes.forEach((prime, i) => {
      limbs[at + i * degree] = value % prime
    })
  }
  for (let i = 0; i < degree; i++) {
    write(dataPrimes.length * degree + i)
  }
  write(degree - 1)
  return limbs
}

/**
 * The sum of each measure.
 *
 * @param {BuilderKey} key
 * @param {CellLayout} layout
 * @param {Uint8Array} reply
 * @returns {bigint[]}
 */
export function sums(key, layout, reply) {
  if (!(reply instanceof Uint8Array) || reply.length !== layout.replyBytes) {
    throw new ClientRefusal('答复不是完整的密文', 'the reply is not a whole ciphertext')
  }
  return Array.from({ length: layout.measures }, (_, measure) => {
    let sum = 0n
    for (let limb = layout.limbs - 1; limb >= 0; limb--) {
      const at = (measure * layout.limbs + limb) * layout.bytesOfOne
      const plain = key.decrypt(lift(layout, reply.subarray(at, at + layout.bytesOfOne)))
      sum = (sum << BigInt(CellLayout.LIMB_BITS)) + signed(plain[layout.set.degree - 1], layout.set.plainModulus)
      plain.fill(0n)
    }
    return sum
  })
}

/**
 * @param {bigint} residue
 * @param {bigint} modulus
 */
function signed(residue, modulus) {
  return residue > modulus / 2n ? residue - modulus : residue
}
