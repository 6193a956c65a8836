/**
 * Authorised operation domains (授权运营域): proposed by the operating body, their scene reviewed by
 * other hands, the agreement signed by both bodies, closed at the end of the term; and the list of
 * resources that may never enter one. Start with {@link dev.weir.space.domain.OperationDomains}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.domain;
