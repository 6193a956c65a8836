import { LOCK_BYTES } from './entry-shape.js'

const LABEL = new TextEncoder().encode('weir lookup record v1')
const HMAC = { name: 'HMAC', hash: 'SHA-256' }

/**
 * Entries under keys of their own: each lies in the table encrypted under the value of an oblivious
 * function on its name, so that who has one name evaluated opens one entry, whatever else its query
 * brought along. AES-256-GCM with a fixed nonce: a key encrypts one entry of one table.
 */
export class RecordLock {
  #table

  /** @param {string} table names the table and its version */
  constructor(table) {
    this.#table = new TextEncoder().encode(table)
  }

  /** @param {number} index */
  nameOfIndex(index) {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, index)
    return this.#name('index', bytes)
  }

  /** @param {string} keyword */
  nameOfKeyword(keyword) {
    return this.#name('keyword', new TextEncoder().encode(keyword))
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} value of the function on the name
   * @param {Uint8Array<ArrayBuffer>} name
   * @param {Uint8Array<ArrayBuffer>} locked
   * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} nothing when this is another entry, or none
   */
  async open(value, name, locked) {
    const mac = await crypto.subtle.importKey('raw', value, HMAC, false, ['sign'])
    const bytes = await crypto.subtle.sign('HMAC', mac, LABEL)
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['decrypt'])
    try {
      const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: name }
      const plain = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, locked))
      const length = plain[0] * 256 + plain[1]
      return length <= locked.length - LOCK_BYTES ? plain.slice(2, 2 + length) : undefined
    } catch (fault) {
      if (fault instanceof DOMException && fault.name === 'OperationError') {
        return undefined // the tag
      }
      throw fault
    }
  }

  /**
   * @param {string} kind
   * @param {Uint8Array} rest
   */
  #name(kind, rest) {
    const kindBytes = new TextEncoder().encode(kind)
    const name = new Uint8Array(4 + this.#table.length + kindBytes.length + rest.length)
    const view = new DataView(name.buffer)
    view.setUint16(0, this.#table.length)
    name.set(this.#table, 2)
    view.setUint16(2 + this.#table.length, kindBytes.length)
    name.set(kindBytes, 4 + this.#table.length)
    name.set(rest, 4 + this.#table.length + kindBytes.length)
    return name
  }
}
