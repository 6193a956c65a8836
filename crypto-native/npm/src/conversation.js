import { ClientRefusal } from './refusal.js'
import { ServiceProblem } from './http.js'
import { overCells, ticket as checked } from './ticket.js'

/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./ticket.js').Ticket} Ticket */

const PAUSE_MILLIS = 150
const LATER = /^urn:weir:problem:(not-ready|unavailable)$/

/**
 * One question from ticket to what its reply says.
 *
 * @template T
 * @param {HttpQuestions} service
 * @param {{ contractId: string, productId: string, purpose: string }} about
 * @param {import('./ticket.js').Kind} kind
 * @param {number} patienceMillis
 * @param {{
 *   question: (ticket: Ticket) => Promise<Uint8Array<ArrayBuffer>>,
 *   open: (ticket: Ticket, reply: Uint8Array) => T | Promise<T>,
 * }} asker
 * @returns {Promise<{ ticket: Ticket, opened: T | undefined }>} nothing opened when there is no answer,
 *   and will be none or not yet: the ticket says which
 */
export async function conversation(service, about, kind, patienceMillis, asker) {
  const until = performance.now() + patienceMillis
  const asked = checked(await patiently(until, () => service.ticket(about.contractId, about.productId, about.purpose, kind)))
  const ours = asked.contractId === about.contractId && asked.productId === about.productId
  if (!ours || asked.kind !== kind || (asked.keys.length === 0 && overCells(kind))) {
    throw another()
  }
  let now = same(asked, await service.ask(asked.id, await asker.question(asked)))
  while (now.status !== 'DONE' && now.status !== 'FAILED' && performance.now() < until) {
    await pause()
    now = same(asked, await service.read(asked.id))
  }
  if (now.status !== 'DONE') {
    return { ticket: now, opened: undefined }
  }
  // The ticket as it was asked with is what the reply is opened by; only its end is newer.
  const opened = await asker.open(asked, await service.reply(asked.id, asked.replyBytes))
  return { ticket: now, opened }
}

/**
 * Asks for a ticket again while what it is about is being made ready: a table takes a while to lock.
 *
 * @param {number} until
 * @param {() => Promise<unknown>} ticket
 */
async function patiently(until, ticket) {
  for (;;) {
    try {
      return await ticket()
    } catch (fault) {
      const later = fault instanceof ServiceProblem && LATER.test(fault.type)
      if (!later || performance.now() > until) {
        throw fault
      }
      await pause()
    }
  }
}

function pause() {
  return new Promise((resume) => setTimeout(resume, PAUSE_MILLIS))
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
