// Prints, one JSON object a line, what the Java benchmark holds itself against: SEAL's own sequence,
// the memory of this machine, the same coarse calls without JNI, and SealPIR. Every kernel's answer is
// compared with SEAL's before its time counts.
#include "peers.h"
#include <cstdio>
#include <cstring>

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
        weir::bench::bandwidth(quick, print);
        weir::bench::kernels(quick, print);
        weir::bench::coarse_calls(quick, print);
        weir::bench::sealpir(quick, print);
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "weir-he-bench: %s\n", failure.what());
        return 1;
    }
    return 0;
}
