/** Packed replies: all of c1 and some coefficients of c0, rounded to multiples of q / 2^bits. */
import { CellLayout } from './cell-layout.js'
import { ClientRefusal } from './refusal.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./sets.js').ParameterSet} ParameterSet */
/** @typedef {CellLayout['sum']} Shape */

/**
 * What is kept of a ciphertext: c1 whole, of c0 `count` coefficients from `first` on, which may have
 * lost their last bits.
 *
 * @typedef {Pick<Shape, 'bits' | 'c0Bits' | 'first' | 'count' | 'bytes'>} Kept
 */

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
 * @param {ParameterSet} set
 * @param {Kept} kept
 * @param {Uint8Array} packed
 * @returns {BigUint64Array} `[2][data primes][degree]`
 */
export function lift({ degree, dataPrimes }, kept, packed) {
  const limbs = new BigUint64Array(2 * dataPrimes.length * degree)
  const modulus = dataPrimes.reduce((product, prime) => product * prime)
  const bits = BigInt(kept.bits)
  const half = 1n << (bits - 1n)
  const reader = new BitReader(packed)
  /**
   * @param {number} at
   * @param {number} taken of the bits
   */
  const write = (at, taken) => {
    const value = ((BigInt(reader.take(taken)) << (bits - BigInt(taken))) * modulus + half) >> bits
    dataPrimes.forEach((prime, i) => {
      limbs[at + i * degree] = value % prime
    })
  }
  for (let i = 0; i < degree; i++) {
    write(dataPrimes.length * degree + i, kept.bits)
  }
  for (let i = 0; i < kept.count; i++) {
    write(kept.first + i, kept.c0Bits)
  }
  return limbs
}

/**
 * What a reply says at a place: each measure, put together from the digits that are meant.
 *
 * @param {BuilderKey} key
 * @param {CellLayout} layout
 * @param {Shape} shape
 * @param {Uint8Array} reply
 * @returns {(place: number, digit: (value: bigint) => bigint) => bigint[]}
 */
export function opened(key, layout, shape, reply) {
  if (!(reply instanceof Uint8Array) || reply.length !== shape.replyBytes) {
    throw new ClientRefusal('答复不是完整的密文', 'the reply is not a whole ciphertext')
  }
  const plain = Array.from({ length: layout.outputs }, (_, output) =>
    key.decrypt(lift(layout.set, shape, reply.subarray(output * shape.bytes, (output + 1) * shape.bytes))),
  )
  return (place, digit) =>
    Array.from({ length: layout.measures }, (_, measure) => {
      let value = 0n
      for (let limb = layout.limbs - 1; limb >= 0; limb--) {
        const residue = plain[measure * layout.limbs + limb][place]
        value = (value << BigInt(CellLayout.LIMB_BITS)) + digit(signed(residue, layout.set.plainModulus))
      }
      return value
    })
}

/**
 * The sum of each measure.
 *
 * @param {BuilderKey} key
 * @param {CellLayout} layout
 * @param {Uint8Array} reply
 */
export function sums(key, layout, reply) {
  return opened(key, layout, layout.sum, reply)(layout.set.degree - 1, (value) => value)
}

/**
 * By name, in their own units: the count, then each measure.
 *
 * @param {import('./ticket.js').Ticket} ticket
 * @param {bigint[]} values
 * @returns {Record<string, string>} decimal numbers
 */
export function named(ticket, values) {
  const [count, ...rest] = values
  const entries = Object.entries({ count: count.toString() })
  ticket.measures.forEach((measure, i) => entries.push([measure, inUnits(rest[i], ticket.units[i])]))
  return Object.fromEntries(entries)
}

/**
 * @param {bigint} residue
 * @param {bigint} modulus
 */
function signed(residue, modulus) {
  return residue > modulus / 2n ? residue - modulus : residue
}

/**
 * @param {bigint} value
 * @param {string} unit a decimal number
 */
function inUnits(value, unit) {
  const [whole, fraction = ''] = unit.split('.')
  const product = value * BigInt(whole + fraction)
  const digits = (product < 0n ? -product : product).toString().padStart(fraction.length + 1, '0')
  const cut = digits.length - fraction.length
  const text = fraction === '' ? digits : digits.slice(0, cut) + '.' + digits.slice(cut)
  return product < 0n ? '-' + text : text
}
