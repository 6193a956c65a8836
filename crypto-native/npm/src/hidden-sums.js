import { CellLayout } from './cell-layout.js'
import { conversation } from './conversation.js'
import { signed } from './question.js'
import { ClientRefusal } from './refusal.js'
import { named, sums } from './reply.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./question.js').Signer} Signer */
/** @typedef {import('./selection.js').Selection} Selection */
/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./ticket.js').Ticket} Ticket */

/**
 * Sums over cells of somebody else's that nobody but the asker knows the selection of. What it opens
 * stays with the caller: a wrong or failed opening sends nothing, asks nothing again and tells nobody.
 */
export class HiddenSums {
  #key

  /** @param {BuilderKey} key stays the caller's */
  constructor(key) {
    this.#key = key
  }

  /**
   * A question as it leaves; its length says nothing about the selection.
   *
   * @param {Ticket} ticket
   * @param {Selection} selection
   * @param {Signer} signer
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   * @throws {ClientRefusal} when the key is of another set, or the weights are too large
   */
  async question(ticket, selection, signer) {
    const { layout } = ticket
    this.#key.require(layout.set)
    if (selection.total() > CellLayout.MAX_TOTAL_WEIGHT) {
      throw new ClientRefusal('权重绝对值之和超过 2^20', 'the weights, by size, add up to more than 2^20')
    }
    const ciphertexts = Array.from({ length: layout.terms }, (_, term) => {
      const coefficients = new BigUint64Array(layout.set.degree)
      for (let i = 0; i < layout.set.degree; i++) {
        const weight = BigInt(selection.weight(term * layout.set.degree + i))
        coefficients[i] = weight < 0n ? weight + layout.set.plainModulus : weight
      }
      const ciphertext = this.#key.encrypt(coefficients)
      coefficients.fill(0n)
      return ciphertext
    })
    return Uint8Array.from(await signed(ticket, this.#key.id, ciphertexts, signer))
  }

  /**
   * Decrypts. A reply that was made wrongly decrypts to wrong sums, which only doing the evaluation over
   * can find.
   *
   * @param {Ticket} ticket as it was asked with
   * @param {Uint8Array} reply
   * @returns {Record<string, string>} the count, then each measure in its own unit, as decimal numbers
   */
  open(ticket, reply) {
    return named(ticket, sums(this.#key, ticket.layout, reply))
  }

  /**
   * One question from ticket to sums.
   *
   * @param {HttpQuestions} service
   * @param {{ contractId: string, productId: string, purpose: string }} about
   * @param {(ticket: Ticket) => Selection} select which cells, once they are known
   * @param {Signer} signer
   * @param {number} [patienceMillis]
   * @returns {Promise<{ ticket: Ticket, sums: Record<string, string> | undefined }>} no sums when there is
   *   no answer, and will be none or not yet: the ticket says which
   */
  async ask(service, about, select, signer, patienceMillis = 60_000) {
    const { ticket, opened: sums } = await conversation(service, about, 'SUM', patienceMillis, {
      question: (asked) => this.question(asked, select(asked), signer),
      open: (asked, reply) => this.open(asked, reply),
    })
    return { ticket, sums }
  }
}
