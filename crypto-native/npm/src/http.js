import { ClientRefusal } from './refusal.js'

const MAX_JSON_BYTES = 32 << 20

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

/** A service over HTTP, as one account reaches it. Answers longer than they may be are refused. */
export class HttpService {
  #base
  #token
  #fetch

  /**
   * @param {string} base address of the service, its own origin when empty
   * @param {() => string | Promise<string>} token bearer token of the account
   * @param {typeof fetch} [carrier]
   */
  constructor(base, token, carrier = globalThis.fetch.bind(globalThis)) {
    this.#base = base
    this.#token = token
    this.#fetch = carrier
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} [type]
   * @param {string | Uint8Array<ArrayBuffer>} [body]
   * @returns {Promise<any>}
   */
  async json(method, path, type, body) {
    const bytes = await this.bytes(method, path, MAX_JSON_BYTES, type, body)
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      throw notUnderstood()
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {number} most bytes of the answer
   * @param {string} [type]
   * @param {string | Uint8Array<ArrayBuffer>} [body]
   */
  async bytes(method, path, most, type, body) {
    const headers = new Headers({ authorization: 'Bearer ' + (await this.#token()) })
    if (type) {
      headers.set('content-type', type)
    }
    const answer = await this.#fetch(this.#base + path, { method, headers, body, redirect: 'error', cache: 'no-store' })
    if (!answer.ok) {
      throw await problem(answer)
    }
    return bounded(answer, most)
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
