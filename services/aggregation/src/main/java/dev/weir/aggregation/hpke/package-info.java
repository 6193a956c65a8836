/**
 * The HPKE keys of one aggregator: shares sealed for it open here and nowhere else. Start with
 * {@link dev.weir.aggregation.hpke.ShareOpener}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.hpke;
