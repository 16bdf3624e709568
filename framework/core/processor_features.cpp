#include <xgrad/framework/core/processor_features.hpp>

namespace xgrad::internal {
namespace {

constexpr unsigned bit(ProcessorFeature feature) { return 1u << static_cast<unsigned>(feature); }

}  // namespace

extern const unsigned required_processor_features = 0
#if defined(__AVX2__)
                                                    | bit(ProcessorFeature::avx2)
#endif
#if defined(__FMA__)
                                                    | bit(ProcessorFeature::fma)
#endif
#if defined(__BMI2__)
                                                    | bit(ProcessorFeature::bmi2)
#endif
#if defined(__AVX512F__)
                                                    | bit(ProcessorFeature::avx512f)
#endif
#if defined(__AVX512BW__)
                                                    | bit(ProcessorFeature::avx512bw)
#endif
#if defined(__AVX512DQ__)
                                                    | bit(ProcessorFeature::avx512dq)
#endif
#if defined(__AVX512VL__)
                                                    | bit(ProcessorFeature::avx512vl)
#endif
#if defined(__AVX512VBMI__)
                                                    | bit(ProcessorFeature::avx512vbmi)
#endif
#if defined(__AVX512VNNI__)
                                                    | bit(ProcessorFeature::avx512vnni)
#endif
    ;

}  // namespace xgrad::internal
