import { ClientRefusal } from './refusal.js'
import { ticket as checked } from './ticket.js'

/** @typedef {import('./service.js').HttpQuestions} HttpQuestions */
/** @typedef {import('./ticket.js').Ticket} Ticket */

const PAUSE_MILLIS = 150

/**
 * One question from ticket to what its reply says.
 *
 * @param {HttpQuestions} service
 * @param {{ contractId: string, productId: string, purpose: string }} about
 * @param {'SUM' | 'ONE_HOT'} kind
 * @param {number} patienceMillis
 * @param {{
 *   question: (ticket: Ticket) => Promise<Uint8Array<ArrayBuffer>>,
 *   open: (ticket: Ticket, reply: Uint8Array) => Record<string, string>,
 * }} asker
 * @returns {Promise<{ ticket: Ticket, sums: Record<string, string> | undefined }>} no sums when there is
 *   no answer, and will be none or not yet: the ticket says which
 */
export async function conversation(service, about, kind, patienceMillis, asker) {
  const asked = checked(await service.ticket(about.contractId, about.productId, about.purpose, kind))
  const ours = asked.contractId === about.contractId && asked.productId === about.productId
  if (!ours || asked.kind !== kind || asked.keys.length === 0) {
    throw another()
  }
  let now = same(asked, await service.ask(asked.id, await asker.question(asked)))
  const until = performance.now() + patienceMillis
  while (now.status !== 'DONE' && now.status !== 'FAILED' && performance.now() < until) {
    await new Promise((resume) => setTimeout(resume, PAUSE_MILLIS))
    now = same(asked, await service.read(asked.id))
  }
  if (now.status !== 'DONE') {
    return { ticket: now, sums: undefined }
  }
  // The ticket as it was asked with is what the reply is opened by; only its end is newer.
  const sums = asker.open(asked, await service.reply(asked.id, asked.replyBytes))
  return { ticket: now, sums }
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
