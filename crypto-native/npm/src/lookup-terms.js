import { within } from './cell-layout.js'
import { EntryShape } from './entry-shape.js'
import { LookupShape } from './lookup-shape.js'
import { ELEMENT_BYTES, PROOF_BYTES } from './oprf.js'

/**
 * What asker and service agree on about a table of locked entries; but for the key all of it follows
 * from what is public of the table.
 *
 * @typedef {object} LookupTerms
 * @property {string} table names contract, entries and data version: locks carry it
 * @property {Uint8Array} publicKey the evaluation's
 * @property {number} entries
 * @property {number} valueBytes longest value there may be
 * @property {readonly string[]} columns of a record, the one whose value is its keyword first; none when
 *   entries are cells
 * @property {EntryShape} shape
 * @property {number} replyBytes of every reply, whatever is asked and found
 */

/** Base64 of a compressed point. */
const PUBLIC_KEY = /^[A-Za-z0-9+/]{44}$/
const MAX_TABLE_CHARACTERS = 256

/**
 * The terms of a ticket, when it has such as its kind takes.
 *
 * @param {any} json the ticket
 * @returns {LookupTerms | undefined}
 */
export function lookupTerms({ kind, cells, width, lookup }) {
  if (typeof lookup !== 'object' || lookup === null) {
    return undefined
  }
  const { by, table, publicKey, entries, valueBytes, seed, columns } = lookup
  const whole =
    by === (kind === 'INDEX' ? 'INDEX' : 'KEYWORD') &&
    typeof table === 'string' &&
    table.length <= MAX_TABLE_CHARACTERS &&
    typeof publicKey === 'string' &&
    PUBLIC_KEY.test(publicKey) &&
    entries === cells &&
    within(entries, 1, LookupShape.MAX_RECORDS) &&
    within(valueBytes, 1, EntryShape.MAX_VALUE_BYTES) &&
    within(seed, 0, 255) &&
    Array.isArray(columns) &&
    columns.every((column) => typeof column === 'string') &&
    fits(kind, columns.length, valueBytes, width)
  if (!whole) {
    return undefined
  }
  const shape = new EntryShape(by, entries, valueBytes, seed)
  return Object.freeze({
    table,
    publicKey: Uint8Array.from(atob(publicKey), (character) => character.charCodeAt(0)),
    entries,
    valueBytes,
    columns: Object.freeze([...columns]),
    shape,
    replyBytes: ELEMENT_BYTES + PROOF_BYTES + shape.queries * shape.lookup.replyBytes,
  })
}

/**
 * @param {unknown} kind
 * @param {number} columns
 * @param {number} valueBytes
 * @param {number} width values of a cell
 */
function fits(kind, columns, valueBytes, width) {
  return kind === 'LOOKUP' ? columns === 0 && valueBytes === 1 + 8 * width : (kind === 'KEYWORD' || kind === 'INDEX') && columns > 0
}
