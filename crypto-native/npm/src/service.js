import { ClientRefusal } from './refusal.js'

const MAX_JSON_BYTES = 32 << 20
const TICKETS = '/v1/he/tickets'
const KEYS = '/v1/he/keys'

/** A problem that the service answered with (RFC 9457). */
export class ServiceProblem extends Error {
  /**
   * @param {number} status
   * @param {string} type `urn:weir:problem:…`
   * @param {string} detail
   */
  constructor(status, type, detail) {
    super(detail)
    this.name = 'ServiceProblem'
    this.status = status
    this.type = type
  }
}

/** The query service over HTTP. It is given nothing secret. Answers longer than they may be are refused. */
export class HttpQuestions {
  #base
  #token
  #fetch

  /**
   * @param {string} base address of the query service, its own origin when empty
   * @param {() => string | Promise<string>} token bearer token of the account
   * @param {typeof fetch} [carrier]
   */
  constructor(base, token, carrier = globalThis.fetch.bind(globalThis)) {
    this.#base = base
    this.#token = token
    this.#fetch = carrier
  }

  /**
   * @param {string} contractId
   * @param {string} productId
   * @param {string} purpose
   * @param {import('./ticket.js').Kind} kind
   */
  ticket(contractId, productId, purpose, kind) {
    const body = JSON.stringify({ contractId, productId, purpose, kind })
    return this.#json('POST', TICKETS, 'application/json', body)
  }

  /**
   * @param {string} ticket
   * @param {Uint8Array<ArrayBuffer>} question
   */
  ask(ticket, question) {
    return this.#json('POST', `${TICKETS}/${ticket}/question`, 'application/octet-stream', question)
  }

  /**
   * Whether the service has keys of this digest from this party.
   *
   * @param {string} sha256
   */
  async holdsKeys(sha256) {
    try {
      await this.#json('GET', `${KEYS}/${sha256}`)
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
    return this.#json('POST', KEYS, 'application/octet-stream', packed)
  }

  /** @param {string} ticket */
  read(ticket) {
    return this.#json('GET', `${TICKETS}/${ticket}`)
  }

  /**
   * @param {string} ticket
   * @param {number} bytes exactly so many
   */
  async reply(ticket, bytes) {
    return bounded(await this.#send('GET', `${TICKETS}/${ticket}/reply`), bytes)
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} [type]
   * @param {string | Uint8Array<ArrayBuffer>} [body]
   * @returns {Promise<any>}
   */
  async #json(method, path, type, body) {
    const bytes = await bounded(await this.#send(method, path, type, body), MAX_JSON_BYTES)
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      throw notUnderstood()
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} [type]
   * @param {string | Uint8Array<ArrayBuffer>} [body]
   */
  async #send(method, path, type, body) {
    const headers = new Headers({ authorization: 'Bearer ' + (await this.#token()) })
    if (type) {
      headers.set('content-type', type)
    }
    const answer = await this.#fetch(this.#base + path, { method, headers, body, redirect: 'error', cache: 'no-store' })
    if (!answer.ok) {
      throw await problem(answer)
    }
    return answer
  }
}

/** @param {Response} answer */
async function problem(answer) {
  try {
    const { type, detail } = JSON.parse(new TextDecoder().decode(await bounded(answer, 1 << 16)))
    return new ServiceProblem(answer.status, String(type), String(detail))
  } catch {
    return new ServiceProblem(answer.status, 'about:blank', 'the service refused')
  }
}

/**
 * @param {Response} answer
 * @param {number} most
 */
async function bounded(answer, most) {
  const parts = []
  let length = 0
  const reader = answer.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    length += next.value.length
    if (length > most) {
      await reader?.cancel()
      throw notUnderstood()
    }
    parts.push(next.value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function notUnderstood() {
  return new ClientRefusal('服务的答复不是本程序支持的形式', "the service's answer is of a form unknown here")
}
