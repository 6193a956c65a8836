import { CellLayout } from './cell-layout.js'
import { conversation } from './conversation.js'
import { SwitchingKeys, share } from './expansion.js'
import * as gate from './gate.js'
import { packedCiphertexts } from './packed.js'
import { signed } from './question.js'
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
  #switching

  /** @param {BuilderKey} key stays the caller's */
  constructor(key) {
    this.#key = key
    this.#switching = new SwitchingKeys(key)
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
  async ask(service, about, select, signer, patienceMillis = 60_000) {
    /** @type {{ cell: number, weight: number }[]} */
    let few = []
    const { ticket, opened: sums } = await conversation(service, about, 'ONE_HOT', patienceMillis, {
      question: async (asked) => {
        few = chosen(select(asked))
        this.#key.require(asked.set)
        return this.question(asked, few, await this.#switching.digest(service, asked.layout.leaves), signer)
      },
      open: (asked, reply) => this.open(asked, few, reply),
    })
    return { ticket, sums }
  }

  /**
   * @param {Ticket} ticket
   * @param {{ cell: number }[]} few
   * @param {Uint8Array} keysSha256 of the keys that expand it
   * @param {Signer} signer
   */
  async question(ticket, few, keysSha256, signer) {
    const { layout } = ticket
    this.#key.require(layout.set)
    const coefficients = new BigUint64Array(layout.set.degree)
    const one = share(layout.set, layout.leaves)
    places(layout, few).forEach((place, digit) => {
      coefficients[place] = (one << BigInt(digit * CellLayout.LIMB_BITS)) % layout.set.plainModulus
    })
    const { limbs } = gate.ciphertext(layout.set, this.#key.encrypt(coefficients))
    coefficients.fill(0n)
    return Uint8Array.from(
      await signed(ticket, this.#key.id, [packedCiphertexts(layout.set, [limbs]), keysSha256], signer),
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
