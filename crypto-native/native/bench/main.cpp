// Prints, one JSON object a line, what the Java benchmark holds itself against: SEAL's own sequence,
// the memory of this machine, and SealPIR. Every kernel's answer is compared with SEAL's before its
// time counts. With --turns it makes, without JNI, the coarse calls whose names come in.
#include "peers.h"
#include <cstdio>
#include <cstring>
#include <iostream>

namespace {

using weir::bench::Figure;

void print(const Figure &figure) {
    std::printf(
        "{\"measure\":\"%s\",\"value\":%.6g,\"unit\":\"%s\"}\n", figure.measure.c_str(), figure.value,
        figure.unit.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int count, char **arguments) {
    bool quick = count > 1 && std::strcmp(arguments[1], "--quick") == 0;
    try {
        if (count > 1 && std::strcmp(arguments[1], "--turns") == 0) {
            weir::bench::take_turns(std::cin, [](double seconds) {
                std::printf("%.9g\n", seconds);
                std::fflush(stdout);
            });
            return 0;
        }
        weir::bench::bandwidth(quick, print);
        weir::bench::kernels(quick, print);
        weir::bench::sealpir(quick, print);
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "weir-he-bench: %s\n", failure.what());
        return 1;
    }
    return 0;
}
