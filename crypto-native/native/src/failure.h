// What the shim reports: stable codes that Java maps to one exception each.
#pragma once

#include <cstdint>
#include <exception>

namespace weir {

// The numbers are part of the contract with dev.weir.he.HeFailure: never renumber.
enum class Code : int32_t {
    bad_handle = 1,
    bad_buffer = 2,
    wrong_parameters = 3,
    out_of_range = 4,
    unsupported = 5,
    out_of_memory = 6,
    refused_by_library = 7,
    internal = 8,
};

class Failure : public std::exception {
  public:
    explicit Failure(Code code) noexcept : code_(code) {}
    Code code() const noexcept { return code_; }
    const char *what() const noexcept override { return "weir::Failure"; }

  private:
    Code code_;
};

inline void require(bool condition, Code code) {
    if (!condition) {
        throw Failure(code);
    }
}

} // namespace weir
