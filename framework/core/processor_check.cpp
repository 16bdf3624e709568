// Runs before all other code of the library, and is compiled for every processor: a build for instructions that this
// one does not have says so, instead of dying by the first of them.

#include <xgrad/framework/core/processor_features.hpp>

#if defined(__x86_64__)
#include <unistd.h>

#include <cstring>

namespace xgrad::internal {
namespace {

void write_error(const char* text) {
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text, std::strlen(text));
}

bool is_here(ProcessorFeature feature) {
  switch (feature) {
    case ProcessorFeature::avx2:
      return __builtin_cpu_supports("avx2");
    case ProcessorFeature::fma:
      return __builtin_cpu_supports("fma");
    case ProcessorFeature::bmi2:
      return __builtin_cpu_supports("bmi2");
    case ProcessorFeature::avx512f:
      return __builtin_cpu_supports("avx512f");
    case ProcessorFeature::avx512bw:
      return __builtin_cpu_supports("avx512bw");
    case ProcessorFeature::avx512dq:
      return __builtin_cpu_supports("avx512dq");
    case ProcessorFeature::avx512vl:
      return __builtin_cpu_supports("avx512vl");
    case ProcessorFeature::avx512vbmi:
      return __builtin_cpu_supports("avx512vbmi");
    case ProcessorFeature::avx512vnni:
      return __builtin_cpu_supports("avx512vnni");
  }
  return false;
}

// 101 is the first of the priorities that are not the compiler's own; nothing has been constructed yet.
__attribute__((constructor(101))) void expect_processor() {
  __builtin_cpu_init();
  for (unsigned number = 0; number < processor_feature_count; ++number) {
    if (!(required_processor_features >> number & 1) || is_here(static_cast<ProcessorFeature>(number))) continue;
    write_error("xgrad: this library was built for processors with ");
    write_error(processor_feature_names[number]);
    write_error(
        ", which this one does not have; build it with -DXGRAD_ARCH=... for a level that it has, such as x86-64-v3, or "
        "with -DXGRAD_NATIVE=OFF\n");
    _exit(1);
  }
}

}  // namespace
}  // namespace xgrad::internal

#endif
