#pragma once

#include <functional>
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
// What Java calls, called from C++.
void coarse_calls(bool quick, const Report &report);

} // namespace weir::bench
