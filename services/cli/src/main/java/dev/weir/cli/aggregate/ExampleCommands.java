package dev.weir.cli.aggregate;

import dev.weir.cli.aggregate.federated.FederatedExample;
import picocli.CommandLine.Command;

/** {@code weir aggregate example}: what secure aggregation is good for, shown. */
@Command(
    name = "example",
    description = "Examples that run by themselves / 可独立运行的示例",
    mixinStandardHelpOptions = true,
    subcommands = {FederatedExample.class, MeasurementsExample.class})
final class ExampleCommands {}
