import { HttpService, ServiceProblem } from './http.js'

const TICKETS = '/v1/he/tickets'
const KEYS = '/v1/he/keys'

/** The query service over HTTP. It is given nothing secret. Answers longer than they may be are refused. */
export class HttpQuestions {
  #http

  /**
   * @param {string} base address of the query service, its own origin when empty
   * @param {() => string | Promise<string>} token bearer token of the account
   * @param {typeof fetch} [carrier]
   */
  constructor(base, token, carrier) {
    this.#http = new HttpService(base, token, carrier)
  }

  /**
   * @param {string} contractId
   * @param {string} productId
   * @param {string} purpose
   * @param {import('./ticket.js').Kind} kind
   */
  ticket(contractId, productId, purpose, kind) {
    const body = JSON.stringify({ contractId, productId, purpose, kind })
    return this.#http.json('POST', TICKETS, 'application/json', body)
  }

  /**
   * @param {string} ticket
   * @param {Uint8Array<ArrayBuffer>} question
   */
  ask(ticket, question) {
    return this.#http.json('POST', `${TICKETS}/${ticket}/question`, 'application/octet-stream', question)
  }

  /**
   * Whether the service has keys of this digest from this party.
   *
   * @param {string} sha256
   */
  async holdsKeys(sha256) {
    try {
      await this.#http.json('GET', `${KEYS}/${sha256}`)
      return true
    } catch (fault) {
      if (fault instanceof ServiceProblem && fault.status === 404) {
        return false
      }
      throw fault
    }
  }

  /**
   * Sends keys that expand queries, once.
   *
   * @param {Uint8Array<ArrayBuffer>} packed
   */
  uploadKeys(packed) {
    return this.#http.json('POST', KEYS, 'application/octet-stream', packed)
  }

  /** @param {string} ticket */
  read(ticket) {
    return this.#http.json('GET', `${TICKETS}/${ticket}`)
  }

  /**
   * @param {string} ticket
   * @param {number} bytes exactly so many
   */
  reply(ticket, bytes) {
    return this.#http.bytes('GET', `${TICKETS}/${ticket}/reply`, bytes)
  }
}
