import { CellLayout } from './cell-layout.js'
import { signed } from './question.js'
import { ClientRefusal } from './refusal.js'
import { sums } from './reply.js'
import { ticket as checked } from './ticket.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./question.js').Signer} Signer */
/** @typedef {import('./selection.js').Selection} Selection */
/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./ticket.js').Ticket} Ticket */

const PAUSE_MILLIS = 150

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
    if (layout.set !== this.#key.set) {
      throw new ClientRefusal(
        '密钥属于另一参数集；所需参数集为 ' + layout.set.label,
        'the key is of another parameter set; this needs one of ' + layout.set.label,
      )
    }
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
    const [count, ...rest] = sums(this.#key, ticket.layout, reply)
    const named = Object.entries({ count: count.toString() })
    ticket.measures.forEach((measure, i) => named.push([measure, inUnits(rest[i], ticket.units[i])]))
    return Object.fromEntries(named)
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
    const asked = checked(await service.ticket(about.contractId, about.productId, about.purpose))
    if (asked.contractId !== about.contractId || asked.productId !== about.productId || asked.keys.length === 0) {
      throw another()
    }
    const question = await this.question(asked, select(asked), signer)
    let now = same(asked, await service.ask(asked.id, question))
    const until = performance.now() + patienceMillis
    while (now.status !== 'DONE' && now.status !== 'FAILED' && performance.now() < until) {
      await new Promise((resume) => setTimeout(resume, PAUSE_MILLIS))
      now = same(asked, await service.read(asked.id))
    }
    if (now.status !== 'DONE') {
      return { ticket: now, sums: undefined }
    }
    // The ticket as it was asked with is what the reply is opened by; only its end is newer.
    const opened = this.open(asked, await service.reply(asked.id, asked.layout.replyBytes))
    return { ticket: now, sums: opened }
  }
}

/**
 * What became of a ticket.
 *
 * @param {Ticket} asked
 * @param {unknown} json
 */
function same(asked, json) {
  const now = checked(json)
  if (now.id !== asked.id) {
    throw another()
  }
  return now
}

function another() {
  return new ClientRefusal('票据不是所求的那一张', 'the ticket is not the one that was asked for')
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
