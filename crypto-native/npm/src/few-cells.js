import { CellLayout } from './cell-layout.js'
import { hexadecimal } from './builder-key.js'
import { conversation } from './conversation.js'
import * as gate from './gate.js'
import { packedCiphertext, packedGaloisKeys } from './packed.js'
import { sha256, signed } from './question.js'
import { ClientRefusal } from './refusal.js'
import { named, opened } from './reply.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./question.js').Signer} Signer */
/** @typedef {import('./selection.js').Selection} Selection */
/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./ticket.js').Ticket} Ticket */

/**
 * Sums over at most three cells, by one ciphertext of 33 KB that is expanded where it is evaluated:
 * who answers learns that there are no more, and neither which nor how many. Keys for expanding are
 * sent once and named by their digest afterwards.
 */
export class FewCells {
  static MAX_CELLS = 3

  #key
  /** @type {Map<number, string>} digests of keys that were sent, by leaves */
  #sent = new Map()

  /** @param {BuilderKey} key stays the caller's */
  constructor(key) {
    this.#key = key
  }

  /**
   * One question from ticket to sums.
   *
   * @param {HttpQuestions} service
   * @param {{ contractId: string, productId: string, purpose: string }} about
   * @param {(ticket: Ticket) => Selection} select which cells, once they are known
   * @param {Signer} signer
   * @param {number} [patienceMillis]
   * @returns {Promise<{ ticket: Ticket, sums: Record<string, string> | undefined }>} as of hidden sums
   */
  ask(service, about, select, signer, patienceMillis = 60_000) {
    /** @type {{ cell: number, weight: number }[]} */
    let few = []
    return conversation(service, about, 'ONE_HOT', patienceMillis, {
      question: async (asked) => {
        few = chosen(select(asked))
        return this.question(asked, few, await this.#keys(service, asked.layout), signer)
      },
      open: (asked, reply) => this.open(asked, few, reply),
    })
  }

  /**
   * @param {Ticket} ticket
   * @param {{ cell: number }[]} few
   * @param {string} keysSha256
   * @param {Signer} signer
   */
  async question(ticket, few, keysSha256, signer) {
    const { layout } = ticket
    this.#key.require(layout.set)
    const coefficients = new BigUint64Array(layout.set.degree)
    const share = inverse(BigInt(layout.leaves), layout.set.plainModulus) // which expansion multiplies
    places(layout, few).forEach((place, digit) => {
      coefficients[place] = (share << BigInt(digit * CellLayout.LIMB_BITS)) % layout.set.plainModulus
    })
    const { limbs } = gate.ciphertext(layout.set, this.#key.encrypt(coefficients))
    coefficients.fill(0n)
    const digest = Uint8Array.from(keysSha256.match(/../g) ?? [], (digits) => parseInt(digits, 16))
    return Uint8Array.from(
      await signed(ticket, this.#key.id, [packedCiphertext(layout.set, limbs), digest], signer),
    )
  }

  /**
   * @param {Ticket} ticket
   * @param {{ cell: number, weight: number }[]} few as they were asked for
   * @param {Uint8Array} reply
   */
  open(ticket, few, reply) {
    const { layout } = ticket
    const at = places(layout, few)
    const sums = Array.from({ length: layout.measures }, () => 0n)
    const found = opened(this.#key, layout, layout.oneHot, reply)
    for (const { cell, weight } of few) {
      const digit = at.indexOf(place(layout, cell))
      found(layout.set.degree - 1 - (cell % layout.leaves), (value) => balanced(value, digit)).forEach(
        (value, measure) => {
          sums[measure] += BigInt(weight) * value
        },
      )
    }
    return named(ticket, sums)
  }

  /**
   * @param {HttpQuestions} service
   * @param {CellLayout} layout
   */
  async #keys(service, layout) {
    const known = this.#sent.get(layout.leaves)
    if (known !== undefined && (await service.holdsKeys(known))) {
      return known
    }
    this.#key.require(layout.set)
    const keys = await this.#key.galoisKeys(layout.expansionElements())
    const packed = Uint8Array.from(packedGaloisKeys(layout.set, keys))
    await service.uploadKeys(packed)
    const digest = hexadecimal(await sha256(packed))
    this.#sent.set(layout.leaves, digest)
    return digest
  }
}

/** @param {Selection} selection */
function chosen(selection) {
  const few = selection.chosen()
  if (few.length > FewCells.MAX_CELLS) {
    throw new ClientRefusal(
      '一次至多问三个单元；更多时请用 HiddenSums',
      'this asks for at most three cells; use HiddenSums for more',
    )
  }
  return few
}

/**
 * Where cells are marked, each place once.
 *
 * @param {CellLayout} layout
 * @param {{ cell: number }[]} few
 */
function places(layout, few) {
  return [...new Set(few.map(({ cell }) => place(layout, cell)))]
}

/**
 * @param {CellLayout} layout
 * @param {number} cell
 */
function place(layout, cell) {
  const { degree } = layout.set
  return Math.floor(cell / degree) + Math.floor((cell % degree) / layout.leaves) * layout.leaves
}

/**
 * Digit of a number to base 2^9, in [−256, 256).
 *
 * @param {bigint} value
 * @param {number} index
 */
function balanced(value, index) {
  const bits = BigInt(CellLayout.LIMB_BITS)
  const half = 1n << (bits - 1n)
  let rest = value
  for (let i = 0; i < index; i++) {
    rest = (rest + half) >> bits
  }
  return BigInt.asUintN(CellLayout.LIMB_BITS, rest + half) - half
}

/**
 * @param {bigint} value
 * @param {bigint} prime
 */
function inverse(value, prime) {
  let result = 1n
  let base = value % prime
  for (let exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    result = exponent & 1n ? (result * base) % prime : result
    base = (base * base) % prime
  }
  return result
}
