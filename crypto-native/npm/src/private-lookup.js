import { conversation } from './conversation.js'
import { SwitchingKeys } from './expansion.js'
import { LookupQuestion } from './lookup-question.js'
import { signed } from './question.js'
import { ClientRefusal, mismatch } from './refusal.js'
import { named } from './reply.js'
import { LOOKUP_4096 } from './sets.js'

/** @typedef {import('./builder-key.js').BuilderKey} BuilderKey */
/** @typedef {import('./lookup-terms.js').LookupTerms} LookupTerms */
/** @typedef {import('./question.js').Signer} Signer */
/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./ticket.js').Ticket} Ticket */
/** @typedef {{ contractId: string, productId: string, purpose: string }} About */

/**
 * @template T
 * @typedef {{ ticket: Ticket, found: T | null | undefined }} Looked null when there is no such entry, or
 *   it is not shown; undefined when there is no answer: the ticket says why
 */

/**
 * One entry, looked up without saying which; what else the service holds stays locked. A reply whose
 * evaluation is not proven, or whose entry does not open, is refused: nothing is asked again, and
 * nobody is told.
 */
export class PrivateLookup {
  #key
  #switching

  /**
   * @param {BuilderKey} key of the set `LOOKUP_4096`; stays the caller's
   * @throws {ClientRefusal} when it is of another set
   */
  constructor(key) {
    key.require(LOOKUP_4096)
    this.#key = key
    this.#switching = new SwitchingKeys(key)
  }

  /**
   * The record whose unique column has a value; what is not there costs the same.
   *
   * @param {HttpQuestions} service
   * @param {About} about
   * @param {string} keyword
   * @param {Signer} signer
   * @param {number} [patienceMillis]
   * @returns {Promise<Looked<Record<string, string | null>>>}
   */
  async byKeyword(service, about, keyword, signer, patienceMillis = 60_000) {
    return this.#look(service, about, 'KEYWORD', signer, patienceMillis, {
      question: (_, terms) => LookupQuestion.ofKeyword(this.#key, terms, wellFormed(keyword)),
      read: (_, terms, value) => (value === undefined ? null : row(terms, value)),
    })
  }

  /**
   * The record at a place of the data version.
   *
   * @param {HttpQuestions} service
   * @param {About} about
   * @param {number} index from 0
   * @param {Signer} signer
   * @param {number} [patienceMillis]
   * @returns {Promise<Looked<Record<string, string | null>>>}
   */
  async byIndex(service, about, index, signer, patienceMillis = 60_000) {
    return this.#look(service, about, 'INDEX', signer, patienceMillis, {
      question: (_, terms) => {
        if (!Number.isInteger(index) || index < 0 || index >= terms.entries) {
          const last = terms.entries - 1
          throw new ClientRefusal(`没有这样的记录：序号从 0 到 ${last}`, `there is no such record: 0 to ${last}`)
        }
        return LookupQuestion.ofIndex(this.#key, terms, index)
      },
      read: (_, terms, value) => row(terms, present(value)),
    })
  }

  /**
   * One released cell by the values of its keys.
   *
   * @param {HttpQuestions} service
   * @param {About} about
   * @param {readonly string[]} values in the ticket's order of keys
   * @param {Signer} signer
   * @param {number} [patienceMillis]
   * @returns {Promise<Looked<Record<string, string>>>} the count, then each measure in its own unit
   */
  async ofCell(service, about, values, signer, patienceMillis = 60_000) {
    return this.#look(service, about, 'LOOKUP', signer, patienceMillis, {
      question: ({ keys }, terms) => {
        if (values.length !== keys.length || !keys.every((key, i) => key.values.includes(values[i]))) {
          throw new ClientRefusal(
            '没有这样的单元：键值须在产品声明的取值范围内',
            'there is no such cell: each key needs one of its declared values',
          )
        }
        return LookupQuestion.ofKeyword(this.#key, terms, values.join('\u001f'))
      },
      read: (ticket, terms, value) => cell(ticket, terms, present(value)),
    })
  }

  /**
   * @template T
   * @param {HttpQuestions} service
   * @param {About} about
   * @param {'LOOKUP' | 'KEYWORD' | 'INDEX'} kind
   * @param {Signer} signer
   * @param {number} patienceMillis
   * @param {{
   *   question: (ticket: Ticket, terms: LookupTerms) => LookupQuestion | Promise<LookupQuestion>,
   *   read: (ticket: Ticket, terms: LookupTerms, value: Uint8Array<ArrayBuffer> | undefined) => T | null,
   * }} entry
   * @returns {Promise<Looked<T>>}
   */
  async #look(service, about, kind, signer, patienceMillis, entry) {
    /** @type {LookupQuestion | undefined} */
    let asked
    const { ticket, opened } = await conversation(service, about, kind, patienceMillis, {
      question: async (one) => {
        const terms = termsOf(one)
        asked = await entry.question(one, terms)
        const keys = await this.#switching.digest(service, terms.shape.lookup.leaves)
        return Uint8Array.from(await signed(one, this.#key.id, asked.parts(keys), signer))
      },
      open: async (one, reply) => entry.read(one, termsOf(one), await asked?.open(reply)),
    })
    return { ticket, found: opened }
  }
}

/** @param {Ticket} ticket */
function termsOf({ lookup }) {
  if (lookup === undefined) {
    throw mismatch()
  }
  return lookup
}

/**
 * Of an entry that is always there.
 *
 * @param {Uint8Array<ArrayBuffer> | undefined} value
 */
function present(value) {
  if (value === undefined) {
    throw mismatch()
  }
  return value
}

/** @param {string} keyword */
function wellFormed(keyword) {
  if (!keyword.isWellFormed()) {
    throw new ClientRefusal('关键词不是完整的文本', 'the keyword is no well-formed text')
  }
  return keyword
}

/**
 * @param {LookupTerms} terms
 * @param {Uint8Array} value an array of a text for each column, null where there is none
 * @returns {Record<string, string | null>}
 */
function row({ columns }, value) {
  const values = parsed(value)
  const whole =
    Array.isArray(values) &&
    values.length === columns.length &&
    values.every((one) => one === null || typeof one === 'string')
  if (!whole) {
    throw mismatch()
  }
  return Object.fromEntries(columns.map((column, i) => [column, values[i]]))
}

/**
 * @param {Uint8Array} bytes
 * @returns {unknown}
 */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw mismatch()
  }
}

/**
 * @param {Ticket} ticket
 * @param {LookupTerms} terms
 * @param {Uint8Array<ArrayBuffer>} value whether it is shown, then each value in eight bytes
 */
function cell(ticket, { valueBytes }, value) {
  if (value.length !== valueBytes) {
    throw mismatch()
  }
  const view = new DataView(value.buffer, value.byteOffset, value.length)
  const values = Array.from({ length: ticket.measures.length + 1 }, (_, i) => view.getBigInt64(1 + 8 * i))
  return value[0] === 0 ? null : named(ticket, values)
}
