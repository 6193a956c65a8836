/**
 * A question in normal form: products joined, records filtered, grouped, measured, and the finished
 * answer ordered. Whatever a text says that does not fit this form is refused. Start with {@link
 * dev.weir.query.plan.question.Question}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.question;
