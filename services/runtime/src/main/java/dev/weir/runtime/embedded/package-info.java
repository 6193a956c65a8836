/**
 * The parts Weir stands on, started on one machine: an Apache Kafka broker, a PostgreSQL server and
 * a Keycloak server. All of them listen on 127.0.0.1 only, ask for credentials, keep their data in
 * one state directory and mend what a killed predecessor left there.
 *
 * <p>It never touches a process or a directory that it cannot prove to be its own, and it never
 * puts a secret on a command line. Start with {@link dev.weir.runtime.embedded.EmbeddedPostgres}
 * and {@link dev.weir.runtime.embedded.EmbeddedKafka}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.embedded;
