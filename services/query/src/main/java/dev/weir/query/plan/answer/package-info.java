/**
 * From raw statistics to answers: adds noise, suppresses, orders, and decides what an exact product
 * may release. Never reads an engine. Start with {@link dev.weir.query.plan.answer.AnswerAssembler}
 * for dp and {@link dev.weir.query.plan.answer.ExactRelease} for exact plans.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.answer;
