/** Secure aggregation by two real aggregators over real Kafka and PostgreSQL. */
package dev.weir.acceptance.aggregation;
