import { CellLayout, within } from './cell-layout.js'
import { lookupTerms } from './lookup-terms.js'
import { ClientRefusal } from './refusal.js'
import { CELLS_4096, LOOKUP_4096 } from './sets.js'

/**
 * What a question finds: sums of cells, of a few cells, one cell, or one record by the value of its
 * unique column or by its place.
 *
 * @typedef {'SUM' | 'ONE_HOT' | 'LOOKUP' | 'KEYWORD' | 'INDEX'} Kind
 */

/**
 * Leave to ask one question, as the service gave it; what is not a ticket over cells that this library
 * works on is refused. Everything in it is the service's word.
 *
 * @typedef {object} Ticket
 * @property {string} id the nonce: a ticket takes one question
 * @property {Kind} kind
 * @property {import('./sets.js').ParameterSet} set of the encryption key that it takes
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
 * @property {CellLayout} layout of a ticket over cells
 * @property {import('./lookup-terms.js').LookupTerms | undefined} lookup what a lookup is agreed on
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const HEX = /^[0-9a-f]{1,128}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/
const UNIT = /^[0-9]{1,30}([.][0-9]{1,30})?$/
const STATUS = /^(OPEN|ASKED|RUNNING|DONE|FAILED)$/
const KIND = /^(SUM|ONE_HOT|LOOKUP|KEYWORD|INDEX)$/
/** The query and the digest of the keys that expand it. */
const ONE_HOT_PARTS = 2
/** Queries, the digest of the keys that expand them, what is to be evaluated. */
const LOOKUP_PARTS = 3
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
    set: setOf(json.kind),
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
    lookup: lookupTerms(json),
  })
}

/** @param {Kind} kind */
export function overCells(kind) {
  return kind === 'SUM' || kind === 'ONE_HOT' || kind === 'LOOKUP'
}

/** @param {Kind} kind */
function setOf(kind) {
  return kind === 'SUM' || kind === 'ONE_HOT' ? CELLS_4096 : LOOKUP_4096
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
    json.parameterSet === setOf(json.kind).label &&
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
    sized(json, layout)
  )
}

/**
 * Whether question and reply have the sizes that follow from what is asked about.
 *
 * @param {any} json
 * @param {CellLayout} layout
 */
function sized(json, layout) {
  const terms = lookupTerms(json)
  if (terms) {
    return json.ciphertexts === LOOKUP_PARTS && json.replyBytes === terms.replyBytes
  }
  return (
    json.lookup === undefined &&
    (json.kind === 'SUM'
      ? json.ciphertexts === layout.terms && json.replyBytes === layout.sum.replyBytes
      : json.kind === 'ONE_HOT' && json.ciphertexts === ONE_HOT_PARTS && json.replyBytes === layout.oneHot.replyBytes)
  )
}

/** @param {any} key */
function isKey(key) {
  return typeof key === 'object' && key !== null && typeof key.column === 'string' && texts(key.values)
}

/**
 * @param {unknown} values
 * @returns {values is string[]}
 */
export function texts(values) {
  return Array.isArray(values) && values.every((value) => typeof value === 'string')
}

/**
 * @param {unknown} value
 * @param {RegExp} form
 */
function matches(value, form) {
  return typeof value === 'string' && form.test(value)
}
