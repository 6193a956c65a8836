import { CellLayout, within } from './cell-layout.js'
import { ClientRefusal } from './refusal.js'
import { CELLS_4096 } from './sets.js'

/**
 * Leave to ask one question, as the service gave it; what is not a ticket over cells that this library
 * works on is refused. Everything in it is the service's word.
 *
 * @typedef {object} Ticket
 * @property {string} id the nonce: a ticket takes one question
 * @property {string} kind `SUM`, or `ONE_HOT` for a few cells
 * @property {number} replyBytes of every reply, whatever is asked
 * @property {string} contractId
 * @property {string} productId
 * @property {string} rollupId names the set of cells
 * @property {number} dataVersion the epoch that is asked about
 * @property {string} root of the cells, as evidence has it
 * @property {string} decisionLeaf
 * @property {string} expires
 * @property {string} status
 * @property {readonly { column: string, values: readonly string[] }[]} keys of the cells, the last one
 *   running fastest; none when it is read again: they were told when it was given
 * @property {readonly string[]} measures names of the values after the count
 * @property {readonly string[]} units what one of each measure's whole numbers is worth
 * @property {string | undefined} releaseLeaf evidence of the reply or the failure
 * @property {string | undefined} problem why there is no answer
 * @property {number} cells
 * @property {CellLayout} layout
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const HEX = /^[0-9a-f]{1,128}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/
const UNIT = /^[0-9]{1,30}([.][0-9]{1,30})?$/
const STATUS = /^(OPEN|ASKED|RUNNING|DONE|FAILED)$/
const KIND = /^(SUM|ONE_HOT)$/
/** The query and the digest of the keys that expand it. */
const ONE_HOT_PARTS = 2
const WORD = /^[a-z][a-z0-9-]{0,63}$/

/**
 * @param {any} json as the service sent it
 * @returns {Ticket}
 * @throws {ClientRefusal}
 */
export function ticket(json) {
  if (!whole(json)) {
    throw new ClientRefusal(
      '服务给出的票据自相矛盾，或不是本程序支持的形式',
      "the service's ticket contradicts itself or is of a form unknown here",
    )
  }
  const layout = new CellLayout(json.cells, json.width, json.cellBits)
  return Object.freeze({
    id: json.id,
    kind: json.kind,
    replyBytes: json.replyBytes,
    contractId: json.contractId,
    productId: json.productId,
    rollupId: json.rollupId,
    dataVersion: json.dataVersion,
    root: json.root,
    decisionLeaf: json.decisionLeaf,
    expires: json.expires,
    status: json.status,
    keys: Object.freeze(
      json.keys.map((/** @type {any} */ key) =>
        Object.freeze({ column: key.column, values: Object.freeze([...key.values]) }),
      ),
    ),
    measures: Object.freeze([...json.measures]),
    units: Object.freeze([...json.units]),
    releaseLeaf: json.releaseLeaf,
    problem: json.problem,
    cells: json.cells,
    layout,
  })
}

/** @param {any} json */
function whole(json) {
  return (
    typeof json === 'object' &&
    json !== null &&
    ['id', 'contractId', 'productId', 'decisionLeaf'].every((name) => matches(json[name], UUID)) &&
    matches(json.rollupId, HEX) &&
    matches(json.root, HEX) &&
    matches(json.expires, INSTANT) &&
    matches(json.status, STATUS) &&
    matches(json.kind, KIND) &&
    within(json.dataVersion, 0, Number.MAX_SAFE_INTEGER) &&
    json.parameterSet === CELLS_4096.label &&
    json.lookup === undefined &&
    (json.releaseLeaf === undefined || matches(json.releaseLeaf, UUID)) &&
    (json.problem === undefined || matches(json.problem, WORD)) &&
    consistent(json)
  )
}

/** @param {any} json */
function consistent(json) {
  if (!CellLayout.holds(json.cells, json.width, json.cellBits)) {
    return false
  }
  const { keys, measures, units } = json
  if (!texts(measures) || !texts(units) || !Array.isArray(keys) || !keys.every(isKey)) {
    return false
  }
  const layout = new CellLayout(json.cells, json.width, json.cellBits)
  return (
    (keys.length === 0 || keys.reduce((product, key) => product * key.values.length, 1) === json.cells) &&
    json.width === 1 + measures.length &&
    units.length === measures.length &&
    units.every((/** @type {string} */ unit) => UNIT.test(unit)) &&
    (json.kind === 'SUM'
      ? json.ciphertexts === layout.terms && json.replyBytes === layout.sum.replyBytes
      : json.ciphertexts === ONE_HOT_PARTS && json.replyBytes === layout.oneHot.replyBytes)
  )
}

/** @param {any} key */
function isKey(key) {
  return typeof key === 'object' && key !== null && typeof key.column === 'string' && texts(key.values)
}

/** @param {unknown} values */
function texts(values) {
  return Array.isArray(values) && values.every((value) => typeof value === 'string')
}

/**
 * @param {unknown} value
 * @param {RegExp} form
 */
function matches(value, form) {
  return typeof value === 'string' && form.test(value)
}
