#pragma once

namespace xgrad::internal {

/// Sets of instructions that a build may need and a processor may lack.
enum class ProcessorFeature : unsigned {
  avx2,
  fma,
  bmi2,
  avx512f,
  avx512bw,
  avx512dq,
  avx512vl,
  avx512vbmi,
  avx512vnni
};

inline constexpr unsigned processor_feature_count = 9;
inline constexpr const char* processor_feature_names[processor_feature_count] = {
    "AVX2", "FMA", "BMI2", "AVX-512F", "AVX-512BW", "AVX-512DQ", "AVX-512VL", "AVX-512VBMI", "AVX-512VNNI"};

/// Those that the library was compiled for: a bit for each, by its number.
extern const unsigned required_processor_features;

}  // namespace xgrad::internal
