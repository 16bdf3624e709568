// Runs before all other code of the library, and is compiled for every processor: a build for instructions that this
// one does not have says so, instead of dying by the first of them.

#include <xgrad/framework/core/processor_features.hpp>

namespace xgrad::internal {

const char* missing_processor_feature(const char* const* required, bool (*is_here)(const char* name)) {
  while (*required && is_here(*required)) ++required;
  return *required;
}

}  // namespace xgrad::internal

#if defined(__x86_64__)
#include <unistd.h>

#include <cstring>

namespace xgrad::internal {
namespace {

void write_error(const char* text) {
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text, std::strlen(text));
}

struct Feature {
  const char* name;
  bool (*is_here)();
};

// The compiler wants to be asked by a literal.
constexpr Feature features[] = {
    {"AVX2", [] { return __builtin_cpu_supports("avx2") != 0; }},
    {"FMA", [] { return __builtin_cpu_supports("fma") != 0; }},
    {"BMI2", [] { return __builtin_cpu_supports("bmi2") != 0; }},
    {"AVX-512F", [] { return __builtin_cpu_supports("avx512f") != 0; }},
    {"AVX-512BW", [] { return __builtin_cpu_supports("avx512bw") != 0; }},
    {"AVX-512DQ", [] { return __builtin_cpu_supports("avx512dq") != 0; }},
    {"AVX-512VL", [] { return __builtin_cpu_supports("avx512vl") != 0; }},
    {"AVX-512VBMI", [] { return __builtin_cpu_supports("avx512vbmi") != 0; }},
    {"AVX-512VNNI", [] { return __builtin_cpu_supports("avx512vnni") != 0; }},
};

}  // namespace

bool processor_has(const char* name) {
  for (const auto& feature : features) {
    if (std::strcmp(feature.name, name) == 0) return feature.is_here();
  }
  return false;
}

namespace {

// 101 is the first of the priorities that are not the compiler's own; nothing has been constructed yet.
__attribute__((constructor(101))) void expect_processor() {
  __builtin_cpu_init();
  const auto* missing = missing_processor_feature(required_processor_features, processor_has);
  if (!missing) return;
  write_error("xgrad: this library was built for processors with ");
  write_error(missing);
  write_error(
      ", which this one does not have; build it with -DXGRAD_ARCH=... for a level that it has, such as x86-64-v3, or "
      "with -DXGRAD_NATIVE=OFF\n");
  _exit(1);
}

}  // namespace
}  // namespace xgrad::internal

#else

namespace xgrad::internal {

bool processor_has(const char*) { return false; }

}  // namespace xgrad::internal

#endif
