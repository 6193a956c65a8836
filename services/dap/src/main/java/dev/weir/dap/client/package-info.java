/**
 * The contributor's side: from a measurement to a signed report that only the two aggregators
 * together could read. Needs no broker, no database and no web framework.
 *
 * <p>What a program contributes with, {@code configuration} being the text of that name in what
 * {@code weir aggregate task show --json} prints, and {@code keys} those of a contributor that its
 * terms name:
 *
 * {@snippet :
 * Task task = Task.shown(configuration);
 * HttpAggregator leader = HttpAggregator.open(URI.create(task.configuration().leader()));
 * HttpAggregator helper = HttpAggregator.open(URI.create(task.configuration().helper()));
 * ReportMaker maker =
 *     new ReportMaker(
 *         task,
 *         leader.key(),
 *         helper.key(),
 *         new Ed25519Signer(party, keys),
 *         Clock.systemUTC(),
 *         new SecureRandom());
 * ReportQueue queue = new ReportQueue(directory);
 *
 * queue.add(maker.make(Measurement.number(37))); // survives a power cut from here on
 *
 * Flushed flushed = queue.flush(reports -> leader.upload(task.id(), reports), sent -> {});
 * }
 *
 * <p>Make one report of a measurement and {@code add} it once; {@code flush} as often as it takes,
 * also after a restart: what arrives twice counts once. {@link
 * dev.weir.dap.client.ReportQueue.Flushed} says what waits, what was refused and what is to be
 * sealed anew. Where the terms of a task have {@code vectors}, a party's records are clipped and
 * added up by a {@link dev.weir.privacy.vdaf.FixedPointEncoding} of the vectors' length and these
 * terms. A whole file of measurements goes with {@link dev.weir.dap.client.BulkUpload}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.client;
