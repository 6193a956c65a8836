/**
 * Shared by tests of every module: a local issuer with the token contract of our realm, a client
 * that speaks JSON, services started in this JVM, the contract check against OpenAPI. It replaces
 * no part by a mock, and nothing of it ships. Start with {@link dev.weir.testkit.TestService}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.testkit;
