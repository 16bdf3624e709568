#include <xgrad/framework/core/processor_features.hpp>

namespace xgrad::internal {

// Each has a test in processor_check.cpp.
extern const char* const required_processor_features[] = {
#if defined(__AVX2__)
    "AVX2",
#endif
#if defined(__FMA__)
    "FMA",
#endif
#if defined(__BMI2__)
    "BMI2",
#endif
#if defined(__AVX512F__)
    "AVX-512F",
#endif
#if defined(__AVX512BW__)
    "AVX-512BW",
#endif
#if defined(__AVX512DQ__)
    "AVX-512DQ",
#endif
#if defined(__AVX512VL__)
    "AVX-512VL",
#endif
#if defined(__AVX512VBMI__)
    "AVX-512VBMI",
#endif
#if defined(__AVX512VNNI__)
    "AVX-512VNNI",
#endif
    nullptr};

}  // namespace xgrad::internal
