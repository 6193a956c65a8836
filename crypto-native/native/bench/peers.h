#pragma once

#include <functional>
#include <istream>
#include <string>

namespace weir::bench {

struct Figure {
    std::string measure;
    double value;
    std::string unit;
};

using Report = std::function<void(const Figure &)>;

// Reading memory once from front to back, one thread.
void bandwidth(bool quick, const Report &report);
// multiply_plain and add_inplace in NTT form, and every kernel that runs here, over the same bytes.
void kernels(bool quick, const Report &report);
// Private lookup as SealPIR does it, over SEAL's own calls.
void sealpir(bool quick, const Report &report);
// What Java calls, called from C++: one call for each name that comes in, and how many seconds it took,
// so that the caller can take turns with its own.
void take_turns(std::istream &names, const std::function<void(double)> &answer);

} // namespace weir::bench
